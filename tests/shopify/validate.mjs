// SPDX-License-Identifier: MIT
// Checks plans against the schemas, as TAP.
//
// Usage: validate.mjs FILE...
// The files' lines are objects with a name and one of: "plan"; "query", for all versions;
// "document" with "text", "version", "scopes" and "met"; "error".
//
// UPSELL_SHOPIFY_SCHEMAS names a folder of full schemas (admin_VERSION.json.gz); without it
// there is our excerpt alone.
import fs from 'node:fs';
import { brokenPlans } from './broken.mjs';
import { disagreements, idsWithoutTypes } from './agreement.mjs';
import { readDocument } from './document.mjs';
import { VERSIONS } from './excerpt.mjs';
import { checkDocument, checkPlan } from './plan.mjs';
import { calculationPlan, draftPlan } from './samples.mjs';
import { excerptView, fullView } from './view.mjs';

const SHOWN = 12;
let count = 0;
let failures = 0;

/** One test: right if there are no problems. */
function report(name, problems) {
  count += 1;
  if (problems.length) failures += 1;
  // In TAP a # would begin a directive.
  console.log(`${problems.length ? 'not ok' : 'ok'} ${count} - ${name.replaceAll('#', ' ')}`);
  problems.slice(0, SHOWN).forEach((problem) => console.log(`# ${problem.replaceAll('\n', ' ')}`));
  if (problems.length > SHOWN) console.log(`# and ${problems.length - SHOWN} more`);
}

function readViews(folder) {
  return new Map(VERSIONS.map((version) => {
    const full = folder && fullView(folder, version);
    return [version, [excerptView(version), ...(full ? [full] : [])]];
  }));
}

function testExcerpt(folder) {
  for (const version of VERSIONS) {
    report(`excerpt ${version} says of all ids what they are`, idsWithoutTypes(version));
    if (folder)
      report(`excerpt ${version} says the same as the full schema`,
        disagreements(folder, version) ?? [`there is no full schema in ${folder}`]);
  }
}

function onlyViews(views, number) {
  return new Map([...views].map(([version, list]) => [version, list.slice(number, number + 1)]));
}

function testBroken({ name, plan, expected }, where, views) {
  const found = checkPlan(plan, views);
  const seen = found.some((problem) => expected.test(problem));
  report(`${name} is seen in ${where}`,
    seen ? [] : [`expected ${expected}, found ${JSON.stringify(found)}`]);
}

/** Ids of which a schema does not say what they are cannot be checked, and do not pass. */
function testUnknownIds() {
  const [version, plan] = ['2026-10', calculationPlan()];
  for (const [map, key] of [['inputGids', 'QueryRoot.subscriptionContract(id)'],
    ['outputGids', 'SubscriptionLine.sellingPlanId']]) {
    const view = excerptView(version);
    view.name = `excerpt without ${key}`;
    view[map].delete(key);
    testBroken({ name: 'an id of unknown type', plan, expected: /known/ }, view.name,
      new Map([[version, [view]]]));
  }
}

/** Documents by themselves. */
function testDocuments(views) {
  const problemsOf = (text, ...scopes) =>
    checkDocument({ text, version: '2026-07', scopes }, onlyViews(views, 0));
  const seen = (problems) => (problems.length ? [] : ['nothing was found']);
  const right = '{ orders(first: 1) { nodes { id } } }';
  const wrong = '{ orders(first: 1) { nodes { ids } } }';
  report('a right document is taken',
    [...problemsOf(right, 'read_orders'), ...checkQuery(right, views)]);
  report('a mistake in a document is seen', seen(problemsOf(wrong, 'read_orders')));
  report('a mistake in a query is seen', seen(checkQuery(wrong, views)));
  report('a scope too few of a document is seen', seen(problemsOf(right)));
  report('a scope too many of a document is seen',
    seen(problemsOf(right, 'read_orders', 'read_products')));
}

/** The validator accepts what is right, and sees every mistake by our excerpt alone. */
function testValidator(views) {
  for (const version of VERSIONS)
    report(`the sample of ${version} is right`, checkPlan(draftPlan(version), views));
  report('the sample of a calculation is right', checkPlan(calculationPlan(), views));
  for (const broken of brokenPlans()) {
    testBroken(broken, 'the excerpt', onlyViews(views, 0));
    if ([...views.values()].some((list) => list[1]))
      testBroken(broken, 'the full schema', onlyViews(views, 1));
  }
}

function checkQuery(text, views) {
  return [...views].flatMap(([version, list]) => list.flatMap((view) =>
    readDocument(view, text, version).problems.map((problem) => `${view.name}: ${problem}`)));
}

function testDocument(line, views) {
  report(line.name, checkDocument(line, views));
  report(`${line.name} is in a plan`, line.met ? [] : ['no plan here contains it']);
}

function testLine(line, views) {
  if (line.plan) report(line.name, checkPlan(line.plan, views));
  else if (line.query) report(line.name, checkQuery(line.query, views));
  else if (line.document) testDocument(line, views);
  else report(line.name, [line.error]);
}

const folder = process.env.UPSELL_SHOPIFY_SCHEMAS;
const views = readViews(folder);
testExcerpt(folder);
testValidator(views);
testUnknownIds();
testDocuments(views);
for (const file of process.argv.slice(2))
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean))
    testLine(JSON.parse(line), views);
console.log(`1..${count}`);
process.exitCode = failures ? 1 : 0;
