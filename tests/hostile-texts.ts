import fc from "fast-check";

/** Texts that break what is put together as text, or that a YAML reader takes for something else. */
export const hostileExamples: readonly string[] = [
  ..."100 0123 1e3 1.5 0x1f 1_000 190:20:30 2001-01-01 true null no on y ~ constructor".split(" "),
  ...[
    'pool"\nINJECTED: "x',
    "x\n---\nkind: Secret",
    "back\\slash",
    'quo"te',
    "quo'te",
    "a: b",
    "a #b",
    "- a",
    "[a]",
    "{a}",
    " a ",
    "",
  ],
  ...[
    "@{storageClass}",
    "@{powerFlexSystemId}",
    "${HOME}",
    "$(reboot)",
    "`reboot`",
    "$&",
    "$1",
    "$$",
    "$`",
    "vmo-metal-place-0-",
  ],
  ...[
    "vmo-metal-macro-0-",
    "a,b",
    "a=b",
    "a\tb",
    "\u001b[2K",
    "\u2028",
    "%s",
    "<a>&amp;",
    "../../etc/passwd",
    "&a",
    "*a",
    "!!str a",
  ],
];

/** Any of {@link hostileExamples}, or any text; well-formed Unicode. */
export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileExamples),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...hostileExamples), { maxLength: 3 }).map((parts) => parts.join("")),
);
