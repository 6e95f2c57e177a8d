// SPDX-License-Identifier: MIT
// A schema and what is said besides types: our excerpt and the full schema, seen alike.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {
  buildClientSchema, extendSchema, GraphQLError, isAbstractType, isInputObjectType, isObjectType,
  isInterfaceType, Kind,
} from 'graphql';
import { added, excerptSchema, gidsOf, ourDirectives, scopesOf } from './excerpt.mjs';

// The full schemas' list of scopes says nothing on these; Shopify's pages do.
export const SCOPES_BY_HAND = new Map([
  ['Mutation.metafieldsSet', ['write_orders']],
  ['Mutation.refundCreate', ['write_orders']],
]);

// Scalars that the schema leaves open, as they are written in JSON.
const WRITTEN = {
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  Decimal: /^-?\d+(\.\d+)?$/,
  Money: /^-?\d+(\.\d+)?$/,
  UnsignedInt64: /^\d+$/,
};

function parseScalar(name, value) {
  if (typeof value !== 'string' || !WRITTEN[name].test(value))
    throw new GraphQLError(`${JSON.stringify(value)} is no ${name}.`);
  return value;
}

function makeScalarsStrict(schema) {
  for (const name of Object.keys(WRITTEN)) {
    const scalar = schema.getType(name);
    if (!scalar) continue;
    scalar.parseValue = (value) => parseScalar(name, value);
    scalar.parseLiteral = (node) => parseScalar(name, node.value);
  }
}

/** The name of an argument or of a field, in all maps here. */
export const argumentKey = (parent, field, argument) => `${parent}.${field}(${argument})`;
export const fieldKey = (parent, field) => `${parent}.${field}`;

export class View {
  constructor(name, schema) {
    this.name = name;
    this.schema = schema;
    this.inputGids = new Map();
    this.outputGids = new Map();
    this.scopes = new Map(SCOPES_BY_HAND);
    makeScalarsStrict(schema);
  }

  /** The object types that a name in a list of ids stands for. */
  concrete(name) {
    const type = this.schema.getType(name);
    if (!isAbstractType(type)) return [name];
    return this.schema.getPossibleTypes(type).map((one) => one.name);
  }

  /** Whether an id of an object type may stand where a list of types is accepted. */
  accepts(accepted, name) {
    if (accepted.includes(name) || accepted.includes('Node')) return true;
    return accepted.some((one) => this.concrete(one).includes(name));
  }
}

function elements(schema) {
  return Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
}

function readAnnotations(view, schema) {
  const note = (map, key, value) => value && !map.has(key) && map.set(key, value);
  for (const type of elements(schema)) {
    note(view.scopes, type.name, scopesOf(type));
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        note(view.inputGids, fieldKey(type.name, field.name), gidsOf(field));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(view.outputGids, fieldKey(type.name, field.name), gidsOf(field));
      note(view.scopes, fieldKey(type.name, field.name), scopesOf(field));
      for (const argument of field.args)
        note(view.inputGids, argumentKey(type.name, field.name, argument.name), gidsOf(argument));
    }
  }
}

export function excerptView(version) {
  const schema = excerptSchema(version);
  const view = new View(`excerpt ${version}`, schema);
  readAnnotations(view, schema);
  return view;
}

function readGids(view, introspection) {
  for (const type of introspection.types) {
    for (const field of type.inputFields ?? [])
      if (field.gidTypes) view.inputGids.set(fieldKey(type.name, field.name), field.gidTypes);
    for (const field of type.fields ?? [])
      for (const argument of field.args)
        if (argument.gidTypes)
          view.inputGids.set(argumentKey(type.name, field.name, argument.name), argument.gidTypes);
  }
}

function readScopes(view, items) {
  for (const item of items) {
    if (!item.offlineScopes.length) continue;
    const key = item.type === 'type' ? item.typeName : fieldKey(item.typeName, item.fieldName);
    view.scopes.set(key, item.offlineScopes);
  }
}

/** Definitions of ours that the full schema lacks, so that both are checked together. */
function missingFrom(schema, version) {
  return added(version).filter((node) => {
    if (node.kind === Kind.DIRECTIVE_DEFINITION) return !schema.getDirective(node.name.value);
    if (!node.kind.endsWith('Extension')) return !schema.getType(node.name.value);
    const type = schema.getType(node.name.value);
    const known = Object.values(type.getFields?.() ?? type.getValues()).map((item) => item.name);
    return !(node.fields ?? node.values).some((item) => known.includes(item.name.value));
  });
}

/** The full schema without additions, and the side tables that came with it. */
export function readFull(folder, version) {
  const file = path.join(folder, `admin_${version}.json.gz`);
  if (!fs.existsSync(file)) return null;
  const dump = JSON.parse(zlib.gunzipSync(fs.readFileSync(file)));
  const view = new View(`full schema ${version}`, buildClientSchema(dump.data));
  readGids(view, dump.data.__schema);
  readScopes(view, dump.offline_scopes.items);
  return view;
}

/** The full schema of a version with what only the excerpt knows. */
export function fullView(folder, version) {
  const full = readFull(folder, version);
  if (!full) return null;
  const definitions = [...ourDirectives(), ...missingFrom(full.schema, version)];
  const own = { kind: Kind.DOCUMENT, definitions };
  const view = new View(full.name, extendSchema(full.schema, own, { assumeValidSDL: true }));
  for (const map of ['inputGids', 'outputGids', 'scopes'])
    for (const [key, value] of full[map]) view[map].set(key, value);
  readAnnotations(view, excerptSchema(version));
  return view;
}
