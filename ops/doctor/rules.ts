/** The rules of the doctor besides those of the preflight, by code: what has to hold, in one sentence, for docs/doctor.md. */
export const DOCTOR_RULES = {
  PAL001: "Palette accepts the API key.",
  PAL002: "The user's API keys are valid for another week.",
  PAL003: "The project is not disabled.",
  PAL004: "Palette reaches MAAS through the gateway, and MAAS accepts the account's key.",
  PAL005: "The cloud account does not exist yet, or can be used as it is described.",
  PAL006: "Every registry that a layer names exists once, and is of a kind that layers come from.",
  PAL007: "Every layer's pack is found by registry, name, version or tag, with its presets, and is not switched off.",
  PAL008: "Palette has the profile version already; otherwise the first `up` imports it.",
  PAL009: "The key may read what an `up` reads.",
  PAL010: "The key may write what an `up` writes; no request that only reads shows it.",
} as const;

/** Code of a rule of the doctor. */
export type DoctorCode = keyof typeof DOCTOR_RULES;
