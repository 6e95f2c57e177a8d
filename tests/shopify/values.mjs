// SPDX-License-Identifier: MIT
// Values of a plan: what flows into an argument, and what a value is compared with.
import {
  isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType,
} from 'graphql';
import { Absent, at, describe, keysOf, member, Wrong } from './shape.mjs';
import { fieldKey } from './view.mjs';

const OPERATORS = ['$bind', '$host', '$map', '$item'];
const NUMBERS = ['Int', 'Float', 'Decimal', 'Money', 'UnsignedInt64'];
const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/[A-Za-z0-9-]+(\?.*)?$/;

// A value of each scalar, for what is known only when the plan runs.
const SAMPLES = {
  Boolean: true, DateTime: '2026-11-21T00:00:00Z', Decimal: '1.0', Float: 1.5, ID: 'id', Int: 1,
  Money: '1.0', String: 'text', UnsignedInt64: '1',
};

export const isObject = (value) =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The operator of a value like {"$bind": …}, if it is one. */
export function operator(value) {
  if (!isObject(value)) return undefined;
  const found = Object.keys(value).filter((key) => key.startsWith('$'));
  if (!found.length) return undefined;
  if (found.length > 1 || Object.keys(value).length > 1 || !OPERATORS.includes(found[0]))
    throw new Wrong(`${Object.keys(value)} is no operator`);
  return found[0];
}

const sample = (type) => (isEnumType(type) ? type.getValues()[0].name : SAMPLES[type.name]);

function checkGid(context, accepted, given, what) {
  if (!accepted) throw new Wrong(`nothing is known of the ids that are taken here (${what})`);
  for (const type of given)
    if (!context.view.accepts(accepted, type))
      throw new Wrong(`an id of ${accepted.join('|')} is expected, ${what} is one of ${type}`);
}

/** The type of a literal global id. */
export function literalGid(value) {
  const match = typeof value === 'string' && GID.exec(value);
  if (!match) throw new Wrong(`${JSON.stringify(value)} is no global id`);
  return match[1];
}

/** Whether a leaf's JSON value is one of another type too. */
function sameForm(from, to) {
  if (from === to) return true;
  const money = ['Decimal', 'Money'];
  if (money.includes(from.name) && money.includes(to.name)) return true;
  return [['Int', 'Float'], ['ID', 'String']].some(([a, b]) => from.name === a && to.name === b);
}

function pourLeaf(shape, type, gids, context, what) {
  const from = shape.kind === 'typename' ? context.view.schema.getType('String') : shape.type;
  if (shape.kind === 'list' || shape.kind === 'object' || !sameForm(from, type))
    throw new Wrong(`${type.name} is expected, ${what} is ${describe(shape)}`);
  if (type.name === 'ID') {
    if (!shape.gids) throw new Wrong(`the type of the ids that ${what} gives is not known`);
    checkGid(context, gids, shape.gids, what);
  }
  return sample(type);
}

function pourObject(shape, type, context, what) {
  if (shape.kind !== 'object')
    throw new Wrong(`${type.name} is expected, ${what} is ${describe(shape)}`);
  const fields = type.getFields();
  const made = {};
  for (const key of keysOf(shape)) {
    if (!fields[key]) throw new Wrong(`${type.name} has no ${key}, which ${what} brings along`);
    const gids = context.view.inputGids.get(fieldKey(type.name, key));
    made[key] = pour(member(shape, key), fields[key].type, gids, context, `${what}/${key}`);
  }
  return made;
}

/** Checks that what has this shape may be given as this type; returns an example of it. */
function pour(shape, type, gids, context, what) {
  if (isNonNullType(type)) return pour(shape, type.ofType, gids, context, what);
  if (isListType(type)) {
    if (shape.kind !== 'list') throw new Wrong(`a list is expected, ${what} is ${describe(shape)}`);
    return [pour(shape.of, type.ofType, gids, context, what)];
  }
  return isInputObjectType(type)
    ? pourObject(shape, type, context, what)
    : pourLeaf(shape, type, gids, context, what);
}

/** The shape of what an operator stands for, unless it makes a list of its own. */
function shapeOf(value, context) {
  switch (operator(value)) {
    case '$bind':
      return context.bind(value.$bind);
    case '$item':
      if (!context.item) throw new Wrong('$item outside of a $map');
      return at(context.item, value.$item,
        (place, names) => context.choose(context.place + place,
          names.filter((name) => !context.refused?.has(name))));
    case '$host':
      if (value.$host !== 'run_id') throw new Wrong(`the host knows no ${value.$host}`);
      return { kind: 'leaf', type: context.view.schema.getType('String') };
    default:
      throw new Wrong('$map cannot stand here');
  }
}

/** A list without what is absent; absent itself if it had members and lost them all. */
function leftOver(list) {
  const left = list.filter((value) => value !== undefined);
  return list.length && !left.length ? undefined : left;
}

function fillMap(map, type, gids, context) {
  if (!isListType(type)) throw new Wrong(`$map makes a list, ${type} is expected`);
  const from = isObject(map.from) ? shapeOf(map.from, context) : context.bind(map.from);
  const refused = isObject(map.from) ? {} : { refused: context.refusedBy(map.from) };
  const place = `${context.place ?? ''}${JSON.stringify(map.from)}`;
  if (from.kind !== 'list') throw new Wrong(`$map goes through a ${describe(from)}, not a list`);
  const unknown = Object.keys(map).filter((key) => !['from', 'each', 'append'].includes(key));
  if (unknown.length) throw new Wrong(`$map has no ${unknown}`);
  return leftOver([
    fill(map.each, type.ofType, gids, { ...context, ...refused, item: from.of, place }),
    ...(map.append ?? []).map((value) => fill(value, type.ofType, gids, context)),
  ]);
}

function fillObject(value, type, context) {
  if (!isInputObjectType(type)) throw new Wrong(`${type} is expected, found an object`);
  const fields = type.getFields();
  const entries = leftOver(Object.entries(value).map(([key, inner]) => {
    if (!fields[key]) throw new Wrong(`${type.name} has no ${key}`);
    const gids = context.view.inputGids.get(fieldKey(type.name, key));
    const filled = fill(inner, fields[key].type, gids, context);
    return filled === undefined ? undefined : [key, filled];
  }));
  return entries && Object.fromEntries(entries);
}

function fillOperator(kind, value, type, gids, context) {
  try {
    return kind === '$map'
      ? fillMap(value.$map, type, gids, context)
      : pour(shapeOf(value, context), type, gids, context, JSON.stringify(value));
  } catch (error) {
    if (error instanceof Absent) return undefined;
    throw error;
  }
}

/**
 * Checks a value of a plan against the type of the place it flows into, down to the ids'
 * types; returns an example of what will be sent, to be coerced like a real one, or undefined
 * if nothing is. Where items can have several types, `context.choose` tells which to take.
 */
export function fill(value, type, gids, context) {
  if (isNonNullType(type)) return fill(value, type.ofType, gids, context);
  const kind = operator(value);
  if (kind) return fillOperator(kind, value, type, gids, context);
  if (value === null) return null;
  if (isListType(type)) {
    if (!Array.isArray(value))
      throw new Wrong(`a list is expected, found ${JSON.stringify(value)}`);
    return leftOver(value.map((inner) => fill(inner, type.ofType, gids, context)));
  }
  if (isObject(value)) return fillObject(value, type, context);
  if (isScalarType(type) && type.name === 'ID')
    checkGid(context, gids, [literalGid(value)], JSON.stringify(value));
  return value;
}

/**
 * Calls `body(choose)` once for every way to choose. Choices at one place are the same all
 * through a call.
 */
export function everyChoice(body) {
  let taken = [];
  do {
    const places = new Map(taken.map((choice) => [choice.place, choice]));
    body((place, names) => {
      if (!places.has(place)) {
        const choice = { place, names, index: 0 };
        places.set(place, choice);
        taken.push(choice);
      }
      return names[places.get(place).index];
    });
    while (taken.length && taken.at(-1).index + 1 === taken.at(-1).names.length) taken.pop();
    if (taken.length) taken.at(-1).index += 1;
  } while (taken.length);
}

// -- comparing --

function compareId(value, shape) {
  const type = literalGid(value);
  if (shape.gids && !shape.gids.includes(type))
    throw new Wrong(`an id of ${type} is compared with one of ${shape.gids.join('|')}`);
}

function compareLiteral(value, shape, context) {
  const shown = JSON.stringify(value);
  const name = shape.kind === 'typename' ? 'String' : shape.type.name;
  const fits = (() => {
    if (shape.kind === 'typename') return shape.names.includes(value);
    if (isEnumType(shape.type)) return Boolean(shape.type.getValue(value));
    if (NUMBERS.includes(name)) return /^-?\d+(\.\d+)?$/.test(String(value));
    return typeof value === (name === 'Boolean' ? 'boolean' : 'string');
  })();
  if (!fits) throw new Wrong(`${shown} can never be a ${describe(shape)}`);
  if (name === 'ID') compareId(value, shape);
  if (shape.kind === 'typename') context.typesMet?.add(value);
}

function compareShapes(a, b, what) {
  if (a.kind !== b.kind) throw new Wrong(`${what} is ${describe(b)}, compared with ${describe(a)}`);
  if (a.kind === 'list') return compareShapes(a.of, b.of, what);
  if (a.kind !== 'leaf') return undefined;
  const numbers = NUMBERS.includes(a.type.name) && NUMBERS.includes(b.type.name);
  // A run's id and a metafield's value are texts; so is what a host compares an id with.
  if (!numbers && a.type.name !== b.type.name)
    throw new Wrong(`${what} is ${describe(b)}, compared with ${describe(a)}`);
  if (a.gids && b.gids && !a.gids.some((gid) => b.gids.includes(gid)))
    throw new Wrong(`${what} is ${describe(b)}, compared with ${describe(a)}`);
  return undefined;
}

/** Checks that a value of the plan can be equal to what is found in an answer. */
export function compare(value, shape, context) {
  if (value === null) return;
  if (operator(value)) {
    compareShapes(shape, shapeOf(value, context), JSON.stringify(value));
  } else if (Array.isArray(value)) {
    if (shape.kind !== 'list') throw new Wrong(`a list is compared with ${describe(shape)}`);
    value.forEach((inner) => compare(inner, shape.of, context));
  } else if (isObject(value)) {
    if (shape.kind !== 'object') throw new Wrong(`an object is compared with ${describe(shape)}`);
    for (const [key, inner] of Object.entries(value)) compare(inner, member(shape, key), context);
  } else {
    if (shape.kind === 'list' || shape.kind === 'object')
      throw new Wrong(`${JSON.stringify(value)} is compared with ${describe(shape)}`);
    compareLiteral(value, shape, context);
  }
}

function compareWhere(value, shape, context) {
  if (isObject(value) && 'not_in' in value) {
    const listed = value.not_in;
    const list = { kind: 'list', of: shape };
    if (operator(listed)) compareShapes(list, shapeOf(listed, context), 'not_in');
    else listed.forEach((inner) => compare(inner, shape, { ...context, typesMet: undefined }));
  } else if (isObject(value) && 'contains' in value) {
    if (shape.kind !== 'list') throw new Wrong(`"contains" in ${describe(shape)}, not in a list`);
    compare(value.contains, shape.of, context);
  } else {
    compare(value, shape, context);
  }
}

/** Checks the pointers and values of a `where`; returns the shape of a matching element. */
export function elementOf(list, where, context) {
  if (list.kind !== 'list') throw new Wrong(`"where" looks through ${describe(list)}, not a list`);
  for (const [pointer, value] of Object.entries(where))
    compareWhere(value, at(list.of, pointer), context);
  return list.of;
}

const COMPARING = ['eq', 'ne', 'ge', 'lt'];

/** Checks a test: {"at", "op", "value", "where"}; adds the types that it looks for to
 *  `context.typesMet`. */
export function checkTest(test, root, context) {
  const shape = at(root, test.at);
  if (test.where) elementOf(shape, test.where, context);
  if (test.op === 'contains') {
    if (shape.kind !== 'list') throw new Wrong(`"contains" in ${describe(shape)}, not in a list`);
    compare(test.value, shape.of, context);
  } else if (COMPARING.includes(test.op)) {
    if (test.where) throw new Wrong(`"${test.op}" does not go with "where"`);
    if (['ge', 'lt'].includes(test.op) && !NUMBERS.includes(shape.type?.name))
      throw new Wrong(`${describe(shape)} is no number for "${test.op}"`);
    compare(test.value, shape, context);
  } else if (!['null', 'present'].includes(test.op)) {
    throw new Wrong(`there is no op ${JSON.stringify(test.op)}`);
  }
}
