// SPDX-License-Identifier: MIT
// One GraphQL document against one schema: rules, ids written in it, user errors, scopes, cost.
import {
  getNamedType, getNullableType, isCompositeType, isInputObjectType, isListType, Kind,
  NoDeprecatedCustomRule, parse, specifiedRules, TypeInfo, validate, visit, visitWithTypeInfo,
} from 'graphql';
import { fragmentsOf, rootShape, Wrong } from './shape.mjs';
import { literalGid } from './values.mjs';
import { argumentKey, fieldKey } from './view.mjs';

export const COST_LIMIT = 1000;

// Mutations that the platform refuses without @idempotent, though its schema does not say so.
const KEYED_SINCE = new Map([['refundCreate', '2026-04']]);

function onlyOperation(document) {
  const found = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (found.length !== 1) throw new Wrong(`one operation is expected, found ${found.length}`);
  return found[0];
}

/** Where in the schema every value of a document stands: its type and the ids taken there. */
function eachValue(view, document, visitNode) {
  const info = new TypeInfo(view.schema);
  const visitValue = (node, accepted, type) => {
    visitNode(node, accepted, type);
    const inner = getNullableType(type);
    if (node.kind === Kind.LIST && isListType(inner))
      node.values.forEach((value) => visitValue(value, accepted, inner.ofType));
  };
  const keyOfArgument = (node) => argumentKey(info.getParentType().name, info.getFieldDef().name,
    node.name.value);
  visit(document, visitWithTypeInfo(info, {
    Directive: () => false,
    VariableDefinition: () => false,
    Argument: (node) => visitValue(node.value, view.inputGids.get(keyOfArgument(node)),
      info.getArgument().type),
    ObjectField(node) {
      const parent = getNamedType(info.getParentInputType());
      const field = isInputObjectType(parent) && parent.getFields()[node.name.value];
      if (field)
        visitValue(node.value, view.inputGids.get(fieldKey(parent.name, field.name)), field.type);
    },
  }));
}

/** The types of ids that each variable may hold: all lists that apply to it. */
function variableGids(view, document) {
  const gids = new Map();
  eachValue(view, document, (node, accepted, type) => {
    if (node.kind !== Kind.VARIABLE || getNamedType(type).name !== 'ID') return;
    const name = node.name.value;
    gids.set(name, [...(gids.get(name) ?? []), accepted]);
  });
  return gids;
}

function writtenIds(view, document) {
  const problems = [];
  eachValue(view, document, (node, accepted, type) => {
    if (node.kind !== Kind.STRING || getNamedType(type).name !== 'ID') return;
    try {
      if (!view.accepts(accepted ?? [], literalGid(node.value)))
        problems.push(`an id of ${accepted} is expected, found ${node.value}`);
    } catch (error) {
      problems.push(error.message);
    }
  });
  return problems;
}

/** The user errors of a payload that a document must ask for, with their codes. */
function userErrors(root) {
  const problems = [];
  const found = [];
  for (const node of root.parts[0].set.selections) {
    const key = (node.alias ?? node.name).value;
    const payload = getNamedType(root.parts[0].type.getFields()[node.name.value].type);
    for (const field of Object.values(payload.getFields())) {
      if (!/userErrors$/i.test(field.name) || field.deprecationReason) continue;
      const asked = node.selectionSet.selections.find((one) => one.name?.value === field.name);
      const hasCode = getNamedType(field.type).getFields().code;
      const codeAsked = asked?.selectionSet.selections.some((one) => one.name?.value === 'code');
      if (!asked) problems.push(`${payload.name}.${field.name} is not asked for`);
      else if (hasCode && !codeAsked) problems.push(`${field.name} without their code`);
      else found.push({ pointer: `/${key}/${field.name}`, type: hasCode?.type });
    }
  }
  return { problems, found };
}

/** What a document needs: one list of alternatives for every field and type it touches. */
function neededScopes(view, document) {
  const needed = new Map();
  const need = (key) => view.scopes.has(key) && needed.set(key, view.scopes.get(key));
  const info = new TypeInfo(view.schema);
  visit(document, visitWithTypeInfo(info, {
    Field(node) {
      if (node.name.value === '__typename') return;
      need(fieldKey(info.getParentType().name, node.name.value));
      need(getNamedType(info.getType()).name);
    },
    InlineFragment: (node) => void (node.typeCondition && need(node.typeCondition.name.value)),
    FragmentDefinition: (node) => void need(node.typeCondition.name.value),
  }));
  return needed;
}

/**
 * By how much a connection multiplies what is asked of its nodes. The platform says only that
 * connections are sized by "first"; it answered 24 for variants(first: 250) with two objects in
 * each, so 12. This stays three times above.
 */
function sizedBy(first) {
  return first <= 10 ? first : 10 + Math.ceil((first - 10) / 8);
}

/** An estimate of a document's cost that is rather too high. */
export function costOf(view, document) {
  const schema = view.schema;
  const fragments = fragmentsOf(document);
  const ofSet = (type, set) => {
    let sum = 0;
    let branch = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        sum += ofField(type, node);
        continue;
      }
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const name = inner.typeCondition?.name.value;
      branch = Math.max(branch, ofSet(name ? schema.getType(name) : type, inner.selectionSet));
    }
    return sum + branch;
  };
  const ofField = (parent, node) => {
    if (node.name.value === '__typename') return 0;
    const type = getNamedType(parent.getFields()[node.name.value].type);
    if (!isCompositeType(type)) return 0;
    const inner = ofSet(type, node.selectionSet);
    if (!type.name.endsWith('Connection')) return 1 + inner;
    const first = node.arguments.find((one) => ['first', 'last'].includes(one.name.value));
    if (first?.value.kind !== Kind.INT) throw new Wrong(`${node.name.value} has no fixed size`);
    return sizedBy(Number(first.value.value)) * inner;
  };
  const operation = onlyOperation(document);
  const root = schema.getRootType(operation.operation);
  return (operation.operation === 'mutation' ? 10 : 0) + ofSet(root, operation.selectionSet);
}

/** The variable that holds a mutation's key; null if it has none. */
function keyVariable(operation, problems, version) {
  let name = null;
  for (const node of operation.selectionSet.selections) {
    const directive = node.directives.find((one) => one.name.value === 'idempotent');
    const since = KEYED_SINCE.get(node.name.value);
    if (since && version >= since && !directive)
      problems.push(`${node.name.value} without @idempotent is refused from ${since} on`);
    const value = directive?.arguments[0]?.value;
    if (directive && value?.kind !== Kind.VARIABLE) problems.push('the key is no variable');
    name = value?.name?.value ?? name;
  }
  return name;
}

function checkListsAreLists(document, view, problems) {
  eachValue(view, document, (node, accepted, type) => {
    const many = [Kind.LIST, Kind.VARIABLE, Kind.NULL].includes(node.kind);
    if (isListType(getNullableType(type)) && !many)
      problems.push('a list is expected, found one value');
  });
}

function analyse(view, text, version) {
  const document = parse(text, { noLocation: true });
  const operation = onlyOperation(document);
  const problems = validate(view.schema, document, [...specifiedRules, NoDeprecatedCustomRule])
    .map((error) => error.message);
  const result = { view, document, operation, problems };
  if (problems.length) return result;
  const root = rootShape(view, document, operation);
  const errors = operation.operation === 'mutation' ? userErrors(root) : null;
  const cost = costOf(view, document);
  problems.push(...(errors?.problems ?? []), ...writtenIds(view, document));
  checkListsAreLists(document, view, problems);
  if (cost > COST_LIMIT) problems.push(`it costs about ${cost}, more than ${COST_LIMIT}`);
  return Object.assign(result, {
    cost, root, userErrors: errors?.found ?? [],
    operations: operation.selectionSet.selections.map((node) => node.name?.value),
    gids: variableGids(view, document), scopes: neededScopes(view, document),
    key: keyVariable(operation, problems, version),
  });
}

const seen = new Map();

/** What is to be known of a document; `problems` lists what is wrong with it. Kept, since
 *  plans share their documents. */
export function readDocument(view, text, version) {
  const key = `${view.name}\n${text}`;
  if (!seen.has(key)) {
    let result;
    try {
      result = analyse(view, text, version);
    } catch (error) {
      if (error.name !== 'GraphQLError' && !(error instanceof Wrong)) throw error;
      result = { view, problems: [error.message] };
    }
    seen.set(key, result);
  }
  return seen.get(key);
}
