// SPDX-License-Identifier: MIT
// Whether our excerpt says the same as the full schema of the same version.
import {
  getNamedType, isEnumType, isInputObjectType, isRequiredArgument, isRequiredInputField,
  isSpecifiedDirective, isUnionType,
} from 'graphql';
import { added, excerptSchema, isPartial, ourDirectives, VERSIONS } from './excerpt.mjs';
import { argumentKey, excerptView, fieldKey, readFull, SCOPES_BY_HAND } from './view.mjs';

const NEWEST = VERSIONS.at(-1);
const names = (list) => list.map((item) => item.name).sort();
const sorted = (list) => JSON.stringify([...(list ?? [])].sort());
const ours = new Set(ourDirectives().map((node) => node.name.value));

/** Collects differences between the two. */
class Comparison {
  constructor(excerpt, full) {
    this.excerpt = excerpt;
    this.full = full;
    this.problems = [];
  }

  equal(what, own, real) {
    if (own !== real) this.problems.push(`${what}: ours is ${own}, theirs ${real}`);
  }

  equalSets(what, own, real) {
    if (sorted(own) !== sorted(real)) this.problems.push(`${what}: ours is ${own}, theirs ${real}`);
  }

  argument(key, own, real) {
    if (!real) {
      this.problems.push(`${key}: theirs has no such argument or field`);
      return;
    }
    this.equal(key, String(own.type), String(real.type));
    this.equalSets(`${key} default`, [own.defaultValue], [real.defaultValue]);
    this.equalSets(`${key} ids`, this.excerpt.inputGids.get(key), this.full.inputGids.get(key));
    if (real.deprecationReason) this.problems.push(`${key}: deprecated`);
  }

  field(type, own, real) {
    const key = fieldKey(type.name, own.name);
    if (!real) {
      this.problems.push(`${key}: theirs has no such field`);
      return;
    }
    this.equal(key, String(own.type), String(real.type));
    if (real.deprecationReason) this.problems.push(`${key}: deprecated`);
    const realArgs = new Map(real.args.map((item) => [item.name, item]));
    for (const argument of own.args) {
      const name = argumentKey(type.name, own.name, argument.name);
      this.argument(name, argument, realArgs.get(argument.name));
    }
    for (const argument of real.args.filter(isRequiredArgument))
      if (!own.args.some((item) => item.name === argument.name))
        this.problems.push(`${key}: ours lacks the required ${argument.name}`);
    this.scopes(key);
  }

  scopes(key) {
    if (!SCOPES_BY_HAND.has(key))
      this.equalSets(`${key} scopes`, this.excerpt.scopes.get(key), this.full.scopes.get(key));
  }

  inputObject(own, real) {
    this.equal(`${own.name} oneOf`, own.isOneOf, real.isOneOf);
    for (const field of Object.values(own.getFields()))
      this.argument(fieldKey(own.name, field.name), field, real.getFields()[field.name]);
    for (const field of Object.values(real.getFields()).filter(isRequiredInputField))
      if (!own.getFields()[field.name]) this.problems.push(`${own.name}: ours lacks ${field.name}`);
  }

  enumeration(own, real) {
    const [mine, theirs] = [names(own.getValues()), names(real.getValues())];
    const current = theirs.filter((name) => !real.getValue(name).deprecationReason);
    if (!isPartial(own)) this.equalSets(own.name, mine, current);
    const wrong = mine.filter((name) => !theirs.includes(name) && !this.extra.has(name));
    if (wrong.length) this.problems.push(`${own.name}: theirs lacks ${wrong}`);
  }

  type(own, real) {
    if (own.constructor.name !== real?.constructor.name) {
      this.problems.push(`${own.name}: theirs has no such type of this kind`);
      return;
    }
    this.scopes(own.name);
    if (isEnumType(own)) this.enumeration(own, real);
    else if (isUnionType(own)) this.union(own, real);
    else if (isInputObjectType(own)) this.inputObject(own, real);
    else if (own.getFields) this.fields(own, real);
  }

  union(own, real) {
    this.equalSets(own.name, names(own.getTypes()), names(real.getTypes()));
  }

  fields(own, real) {
    const theirs = names(real.getInterfaces());
    const missing = names(own.getInterfaces()).filter((name) => !theirs.includes(name));
    if (missing.length) this.problems.push(`${own.name}: theirs is no ${missing}`);
    for (const field of Object.values(own.getFields()))
      if (!this.extra.has(fieldKey(own.name, field.name)))
        this.field(own, field, real.getFields()[field.name]);
  }

  directives() {
    const takes = (item) => item.args.map((argument) => `${argument.name}: ${argument.type}`);
    const list = (schema) => schema.getDirectives()
      .filter((item) => !isSpecifiedDirective(item) && !ours.has(item.name))
      .map((item) => `@${item.name}(${takes(item)}) on ${item.locations}`);
    this.equalSets('directives', list(this.excerpt.schema), list(this.full.schema));
  }
}

/** What the full schemas lack, as they were published before it: types, fields and values. */
function unpublished(full, version) {
  const extra = new Set();
  for (const node of added(version)) {
    const name = node.name.value;
    const type = full.schema.getType(name) ?? full.schema.getDirective(name);
    if (!type) extra.add(name);
    for (const item of type ? [...(node.fields ?? []), ...(node.values ?? [])] : []) {
      const known = type.getFields?.()[item.name.value] ?? type.getValue?.(item.name.value);
      if (!known) extra.add(node.fields ? fieldKey(name, item.name.value) : item.name.value);
    }
  }
  return extra;
}

// The one addition that the dumps do not have; another one missing is a mistake of ours.
const CALCULATION = /CALCULATION|Calculat|SubscriptionCommittedContract/;

/** What the newest excerpt has and an older one lacks must be missing in the older full schema. */
function tooEarly(excerpt, full) {
  const problems = [];
  for (const type of Object.values(excerptSchema(NEWEST).getTypeMap())) {
    const [own, real] = [excerpt.schema.getType(type.name), full.schema.getType(type.name)];
    if (!own && real) problems.push(`${type.name}: theirs has it already`);
    if (!own || !real || !type.getFields) continue;
    for (const field of Object.values(type.getFields())) {
      const [mine, theirs] = [own.getFields()[field.name], real.getFields()[field.name]];
      if (!mine && theirs) problems.push(`${type.name}.${field.name}: theirs has it already`);
      for (const argument of field.args ?? []) {
        const has = (item) => item?.args.some((one) => one.name === argument.name);
        if (mine && !has(mine) && has(theirs))
          problems.push(`${type.name}.${field.name}(${argument.name}): theirs has it already`);
      }
    }
  }
  return problems;
}

/** Where our excerpt takes or gives ids without saying of which types. */
export function idsWithoutTypes(version) {
  const view = excerptView(version);
  const isId = (element) => getNamedType(element.type).name === 'ID';
  const missing = [];
  for (const type of Object.values(view.schema.getTypeMap())) {
    if (!type.getFields || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const key = fieldKey(type.name, field.name);
      const known = isInputObjectType(type) ? view.inputGids : view.outputGids;
      if (isId(field) && !known.has(key) && (isInputObjectType(type) || field.name !== 'id'))
        missing.push(key);
      for (const argument of (field.args ?? []).filter(isId)) {
        const name = argumentKey(type.name, field.name, argument.name);
        if (!view.inputGids.has(name)) missing.push(name);
      }
    }
  }
  return missing;
}

/** Differences between the excerpt and the full schema of a version; null without the latter. */
export function disagreements(folder, version) {
  const full = readFull(folder, version);
  if (!full) return null;
  const comparison = new Comparison(excerptView(version), full);
  comparison.extra = unpublished(full, version);
  for (const name of comparison.extra)
    if (!CALCULATION.test(name)) comparison.problems.push(`${name}: theirs has no such thing`);
  for (const type of Object.values(comparison.excerpt.schema.getTypeMap()))
    if (!type.name.startsWith('__') && !comparison.extra.has(type.name))
      comparison.type(type, full.schema.getType(type.name));
  comparison.directives();
  return [...comparison.problems, ...tooEarly(comparison.excerpt, full)];
}
