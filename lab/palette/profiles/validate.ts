import { PaletteError } from "../http/error";
import type { Json, JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import type { ProfilePack } from "../model/profile";
import type { Palette } from "../palette";
import { writtenPack } from "./packs";
import type { PackInput } from "./payloads";
import { constraintErrors } from "./template";

/** What is wrong with something, by name. */
export interface Finding {
  name: string;
  displayName: string;
  errors: { code: string; message: string }[];
}

/** Findings as `v1ConstraintValidatorResponse`: rows without errors are fine. */
export function findingsView(findings: readonly Finding[]): JsonObject {
  const rows: Json[] = findings.map((finding) => ({ ...finding, errors: nullWhenEmpty(finding.errors) }));
  return { results: nullWhenEmpty(rows) };
}

/** Checks packs of a profile on their own and together. */
export function validatePacks(palette: Palette, inputs: readonly PackInput[]): JsonObject {
  const packs: ProfilePack[] = [];
  const findings = inputs.map((input): Finding => {
    const errors: Finding["errors"] = [];
    try {
      packs.push(writtenPack(palette, input));
    } catch (error) {
      if (!(error instanceof PaletteError)) throw error;
      errors.push({ code: error.code, message: error.message });
    }
    return { name: input.name, displayName: input.name, errors };
  });
  addConstraints(palette, packs, findings);
  return findingsView(findings);
}

/** Adds to the findings what does not work together. */
export function addConstraints(palette: Palette, packs: readonly ProfilePack[], findings: readonly Finding[]): void {
  for (const { pack, message } of constraintErrors(palette, packs))
    findings.find((finding) => finding.name === pack)?.errors.push({ code: "PackConstraintViolation", message });
}
