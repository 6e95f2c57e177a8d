// SPDX-License-Identifier: MIT
// What an answer to a document looks like, and where a JSON Pointer leads in it.
//
// A shape is one of
//   {kind: 'object', parts: [{type, set}], only}
//                                    parts: one for each way to get there; only: the one type
//                                    that it is taken to have, where it can have several
//   {kind: 'list', of: shape}
//   {kind: 'leaf', type, gids}                      gids: types of global ids, or undefined
//   {kind: 'typename', names}                       the types that __typename can name
import {
  isAbstractType, isLeafType, isListType, isNonNullType, Kind,
} from 'graphql';
import { fieldKey } from './view.mjs';

/** A mistake in a plan. */
export class Wrong extends Error {}

/** No mistake: what an object of another type would have had. */
export class Absent extends Error {}

// An interface that more types implement is not taken apart.
const TYPES_MAX = 8;

const TYPENAME = '__typename';
const unique = (list) => [...new Set(list)];

export function fragmentsOf(document) {
  return new Map(document.definitions
    .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => [node.name.value, node]));
}

function objectShape(view, fragments, type, set) {
  return { kind: 'object', view, fragments, parts: [{ type, set }] };
}

export function rootShape(view, document, operation) {
  const type = view.schema.getRootType(operation.operation);
  return objectShape(view, fragmentsOf(document), type, operation.selectionSet);
}

/** Calls `visit(parentType, fieldNode)` for every field that stands directly in the parts. */
function eachField(shape, visit) {
  const walk = (type, set) => {
    if (shape.only && !shape.view.concrete(type.name).includes(shape.only)) return;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        visit(type, node);
        continue;
      }
      const spread = node.kind === Kind.FRAGMENT_SPREAD;
      const inner = spread ? shape.fragments.get(node.name.value) : node;
      const name = inner.typeCondition?.name.value;
      walk(name ? shape.view.schema.getType(name) : type, inner.selectionSet);
    }
  };
  for (const part of shape.parts) walk(part.type, part.set);
}

const responseKey = (node) => (node.alias ?? node.name).value;

/** The keys that an object of this shape can have. */
export function keysOf(shape) {
  const keys = [];
  eachField(shape, (type, node) => keys.push(responseKey(node)));
  return unique(keys);
}

function leafGids(view, parent, field) {
  const gids = view.outputGids.get(fieldKey(parent.name, field.name));
  if (gids) return gids;
  return field.name === 'id' ? view.concrete(parent.name) : undefined;
}

function fieldShape(shape, parent, node) {
  const { view, fragments } = shape;
  if (node.name.value === TYPENAME) return { kind: 'typename', names: view.concrete(parent.name) };
  const field = parent.getFields()[node.name.value];
  const wrap = (type) => {
    if (isNonNullType(type)) return wrap(type.ofType);
    if (isListType(type)) return { kind: 'list', of: wrap(type.ofType) };
    if (isLeafType(type)) return { kind: 'leaf', type, gids: leafGids(view, parent, field) };
    return objectShape(view, fragments, type, node.selectionSet);
  };
  return wrap(field.type);
}

/** Joins what stands under one key in several fragments; GraphQL has it be alike. */
function join(a, b) {
  switch (a.kind) {
    case 'list':
      return { ...a, of: join(a.of, b.of) };
    case 'object':
      return { ...a, parts: [...a.parts, ...b.parts] };
    case 'typename':
      return { ...a, names: unique([...a.names, ...b.names]) };
    default:
      return { ...a, gids: a.gids && b.gids && unique([...a.gids, ...b.gids]) };
  }
}

/** The shape under a key of an object. */
export function member(shape, key) {
  const found = [];
  eachField(shape, (type, node) => {
    if (responseKey(node) === key) found.push(fieldShape(shape, type, node));
  });
  if (found.length) return found.reduce(join);
  if (!shape.only) throw new Wrong(`"${key}" is not selected`);
  member({ ...shape, only: undefined }, key);
  throw new Absent();
}

/** Takes an object that can have several types for one of them, which `choose` tells. */
function narrow(shape, choose, place) {
  const types = shape.kind === 'object' ? shape.parts.map((part) => part.type) : [];
  if (!types.some(isAbstractType)) return shape;
  const names = unique(types.flatMap((type) => shape.view.concrete(type.name)));
  return names.length > TYPES_MAX ? shape : { ...shape, only: choose(place, names) };
}

export function tokens(pointer) {
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || !pointer.startsWith('/'))
    throw new Wrong(`${JSON.stringify(pointer)} is no JSON Pointer`);
  return pointer.slice(1).split('/').map((t) => t.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Where a pointer leads; Wrong if to nothing that is selected. With `choose`, objects that can
 * have several types are taken for one of them, and Absent is thrown for what that one lacks.
 */
export function at(shape, pointer, choose) {
  let here = shape;
  let place = '';
  for (const token of tokens(pointer)) {
    if (choose) here = narrow(here, choose, place);
    place += `/${token}`;
    if (here.kind === 'object') here = member(here, token);
    else if (here.kind === 'list' && /^(0|[1-9]\d*)$/.test(token)) here = here.of;
    else throw new Wrong(`"${token}" of ${pointer} leads into a ${here.kind}`);
  }
  return here;
}

export function describe(shape) {
  switch (shape.kind) {
    case 'list':
      return `[${describe(shape.of)}]`;
    case 'object':
      return unique(shape.parts.map((part) => part.type.name)).join('|');
    case 'typename':
      return TYPENAME;
    default:
      return shape.type.name + (shape.gids ? `<${shape.gids.join('|')}>` : '');
  }
}
