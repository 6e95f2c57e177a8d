// SPDX-License-Identifier: MIT
// A plan against the schema of its version: every document, variable, binding, pointer, scope.
import { coerceInputValue, getNamedType, isEnumType, typeFromAST } from 'graphql';
import { readDocument } from './document.mjs';
import { at, Wrong } from './shape.mjs';
import { checkTest, elementOf, everyChoice, fill, operator } from './values.mjs';

// Results that are neither a check's name nor a code of user errors.
const RESULTS = ['no_answer', 'throttled', 'graphql_error', 'user_error', 'missing_output',
  'no_match', 'ambiguous', 'ok', 'timeout'];

/** Collects what is wrong, and where. */
class Report {
  constructor() {
    this.problems = [];
  }

  /** Runs a check; what it throws as Wrong is a problem. */
  check(where, body) {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.problems.push(`${where}: ${error.message}`);
      return undefined;
    }
  }

  add(where, message) {
    this.problems.push(`${where}: ${message}`);
  }
}

/** The call that a step makes: its own, or its poll. */
const callOf = (step) => (step.channel === 'wait' ? step.poll : step);

function contextOf(view, outputs, step) {
  const bind = (reference) => {
    const shape = outputs.get(reference);
    if (!shape) throw new Wrong(`nothing before "${step.id}" gives "${reference}"`);
    return shape;
  };
  return { view, bind, refusedBy: (reference) => outputs.get(reference)?.refused };
}

function checkOperation(report, where, step, call, document) {
  const wanted = call.operation;
  if (document.operations.length !== 1 || document.operations[0] !== wanted)
    report.add(where, `"${wanted}" is announced, the document calls ${document.operations}`);
  if (step.channel === 'wait' && document.operation.operation !== 'query')
    report.add(where, 'a poll must only read');
}

/** The values that flow into the variables, coerced as a server would. */
function checkVariables(report, where, call, document, context) {
  const declared = document.operation.variableDefinitions;
  const names = declared.map((node) => node.variable.name.value);
  for (const name of Object.keys(call.variables ?? {}))
    if (!names.includes(name)) report.add(where, `the document has no variable $${name}`);
  for (const node of declared) {
    const name = node.variable.name.value;
    const type = typeFromAST(context.view.schema, node.type);
    const accepted = document.gids.get(name) ?? [undefined];
    const value = call.variables?.[name] ?? null;
    report.check(`${where} $${name}`, () => everyChoice((choose) => {
      const [filled] = accepted.map((gids) => fill(value, type, gids, { ...context, choose }));
      coerceInputValue(filled ?? null, type, (path, invalid, error) => {
        throw new Wrong(`${path.join('.')}: ${error.message}`);
      });
    }));
  }
}

function checkKey(report, where, step, call, document) {
  if (!document.key) return;
  if (!step.idempotency_key) report.add(where, '@idempotent, but the step has no key');
  else if (call.variables?.[document.key] !== step.idempotency_key)
    report.add(where, `$${document.key} is not the step's key`);
}

function checkErrors(report, where, step, document) {
  const pointers = document.userErrors.map((one) => one.pointer);
  if (pointers.length ? !pointers.includes(step.errors) : step.errors !== undefined)
    report.add(where, `"errors" is ${step.errors}, user errors are at ${pointers}`);
}

function outputShape(rule, root, context) {
  if (typeof rule === 'string') return at(root, rule);
  const element = elementOf(at(root, rule.at), rule.where ?? {}, context);
  const taken = at(element, rule.take ?? '');
  return rule.all ? { kind: 'list', of: taken } : taken;
}

/** Whether a run does not go on where a test holds. */
function stopsAt(step, test) {
  const rows = (step.on ?? []).filter((row) => row.when === test.name);
  return rows.every((row) => ['stop', 'compensate'].includes(row.do));
}

/** Checks the tests of a step; returns the types of objects at which it stops. */
function checkTests(report, where, step, document, context) {
  const refused = new Set();
  for (const list of ['checks', 'until'])
    for (const test of step[list] ?? []) {
      const stops = list === 'checks' && test.op !== 'ne' && stopsAt(step, test);
      const noting = { ...context, typesMet: stops ? refused : undefined };
      report.check(`${where} ${list} "${test.name}"`,
        () => checkTest(test, document.root, noting));
    }
  return refused;
}

function codesOf(document) {
  return document.userErrors.flatMap(({ type }) => {
    const named = type && getNamedType(type);
    return isEnumType(named) ? named.getValues().map((value) => value.name) : [];
  });
}

function checkRows(report, where, step, document) {
  const known = [...RESULTS, ...codesOf(document), ...(step.checks ?? []).map((test) => test.name)];
  for (const row of step.on ?? [])
    if (!known.includes(row.when)) report.add(where, `"${row.when}" is no result of this step`);
}

function checkWebhooks(report, where, step, context) {
  const topics = context.view.schema.getType('WebhookSubscriptionTopic');
  for (const webhook of step.webhooks ?? []) {
    const topic = webhook.topic ?? webhook;
    if (!topics.getValue(topic.toUpperCase().replaceAll('/', '_')))
      report.add(where, `"${topic}" is no topic`);
    const values = Object.values(webhook.where ?? {});
    report.check(where, () => values.filter((value) => operator(value) === '$bind')
      .forEach((value) => context.bind(value.$bind)));
  }
}

function checkCall(report, view, plan, step, outputs) {
  const where = `${view.name}: ${step.id}`;
  const call = callOf(step);
  const document = readDocument(view, call.document, plan.api_version);
  document.problems.forEach((problem) => report.add(where, problem));
  if (document.problems.length) return document;
  const context = contextOf(view, outputs, step);
  checkOperation(report, where, step, call, document);
  checkVariables(report, where, call, document, context);
  checkKey(report, where, step, call, document);
  if (step.channel !== 'wait') checkErrors(report, where, step, document);
  const refused = checkTests(report, where, step, document, context);
  checkRows(report, where, step, document);
  checkWebhooks(report, where, step, context);
  for (const [name, rule] of Object.entries(step.output ?? {}))
    report.check(`${where} output "${name}"`,
      () => outputs.set(`${step.id}/${name}`,
        { ...outputShape(rule, document.root, context), refused }));
  return document;
}

const readTwin = (scope) => scope.replace(/^write_/, 'read_');

/** Compares scopes with what documents need. One that writes may stand for one that reads,
 *  or besides it. */
function checkScopes(report, view, scopes, documents) {
  const given = new Set(scopes);
  const enough = new Set([...given, ...scopes.map(readTwin)]);
  const wanted = new Set();
  for (const document of documents)
    for (const [key, alternatives] of document.scopes ?? []) {
      wanted.add(alternatives[0]);
      if (!alternatives.some((scope) => enough.has(scope)))
        report.add(view.name, `${key} needs the scope ${alternatives.join(' or ')}`);
    }
  const useful = new Set([...wanted, ...[...wanted].map(readTwin)]);
  for (const scope of given)
    if (!useful.has(scope)) report.add(view.name, `nothing needs the scope ${scope}`);
}

function checkAgainst(report, view, plan) {
  const outputs = new Map();
  const documents = [];
  for (const step of plan.steps) {
    if (step.channel === 'changeset') continue;
    documents.push(checkCall(report, view, plan, step, outputs));
  }
  checkScopes(report, view, plan.scopes, documents);
}

/** Everything that is wrong with a plan; an empty list is what is hoped for. */
export function checkPlan(plan, views) {
  const report = new Report();
  const known = views.get(plan.api_version);
  if (!known) return [`there is no API version ${plan.api_version}`];
  known.forEach((view) => checkAgainst(report, view, plan));
  return report.problems;
}


/** Everything that is wrong with a document of its own, and with the scopes it is said to need. */
export function checkDocument({ text, version, scopes }, views) {
  const report = new Report();
  for (const view of views.get(version)) {
    const document = readDocument(view, text, version);
    document.problems.forEach((problem) => report.add(view.name, problem));
    if (!document.problems.length) checkScopes(report, view, scopes, [document]);
  }
  return report.problems;
}
