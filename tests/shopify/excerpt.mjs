// SPDX-License-Identifier: MIT
// Our excerpt of the Admin API's schema, as it was in one version.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildASTSchema, Kind, parse, visit } from 'graphql';

export const VERSIONS = ['2025-10', '2026-01', '2026-04', '2026-07', '2026-10'];

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'schema');

function definitions(name) {
  return parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'), { noLocation: true }).definitions;
}

/** What admin-VERSION.graphql adds; nothing if there is no such file. */
export function added(version) {
  const name = `admin-${version}.graphql`;
  return fs.existsSync(path.join(FOLDER, name)) ? definitions(name) : [];
}

export function ourDirectives() {
  return definitions('directives.graphql');
}

function argumentOf(node, directive, argument) {
  const found = node?.directives?.find((item) => item.name.value === directive);
  return found?.arguments.find((item) => item.name.value === argument).value;
}

/** Leaves out what came after `version`. Versions compare as texts. */
function upTo(version, node) {
  const since = argumentOf(node, 'since', 'version');
  return since && since.value > version ? null : undefined;
}

export function excerptDocument(version) {
  const document = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...ourDirectives(),
      ...definitions('admin.graphql'),
      ...VERSIONS.filter((known) => known <= version).flatMap(added),
    ],
  };
  return visit(document, {
    FieldDefinition: (node) => upTo(version, node),
    InputValueDefinition: (node) => upTo(version, node),
  });
}

export function excerptSchema(version) {
  return buildASTSchema(excerptDocument(version));
}

const texts = (list) => list?.values.map((value) => value.value);

/** The types of global ids that an annotated field or argument takes or gives. */
export const gidsOf = (element) => texts(argumentOf(element.astNode, 'gid', 'types'));

/** The scopes of which an annotated field or type needs one. */
export const scopesOf = (element) => texts(argumentOf(element.astNode, 'scope', 'any'));

/** Whether an enum lists only some of the real values. */
export const isPartial = (type) =>
  Boolean(type.astNode?.directives.some((item) => item.name.value === 'partial'));
