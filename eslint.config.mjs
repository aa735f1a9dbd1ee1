import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The one direction of imports (docs/adr/0001-one-direction-of-imports.md), as folder -> folders it may not import. */
const forbidden = {
  text: ["index", "stacks", "components", "providers", "profiles", "lab", "ops", "addressing", "model"],
  model: ["index", "stacks", "components", "providers", "profiles", "lab", "ops"],
  addressing: ["index", "stacks", "components", "providers", "profiles", "lab", "ops", "model"],
  profiles: ["index", "stacks", "components", "providers", "lab", "ops"],
  providers: ["index", "stacks", "components", "lab", "ops"],
  components: ["index", "stacks", "lab", "ops"],
  stacks: ["index", "lab", "ops"],
  // Not "model": the lab has modules of that name, and tests/imports.test.ts tells them from the folder at the top.
  lab: ["index", "stacks", "components", "providers", "addressing", "ops"],
};

/** Folders of pure functions: they import neither Pulumi nor HTTP. */
const pure = [
  "addressing",
  "text",
  "model",
  "profiles",
  "stacks/description",
  "stacks/derived",
  "stacks/preflight",
  "stacks/host-forecast",
  "stacks/run-report",
  "stacks/sizing",
  "components/bare-metal/layouts",
  "components/virtualization/objects",
  "components/virtualization/rules",
  "providers/maas/host-network",
  "providers/maas/ownership",
  "providers/maas/storage-layout",
];

/** The rule of a folder, its own and that of the folder at the top which it lies in. */
function restrictedImports(folder) {
  const [top] = folder.split("/");
  const targets = forbidden[top].join("|");
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: `^(\\.\\./)+(${targets})(/|$)`, message: `${top}/ may not import it` },
            ...(pure.includes(folder)
              ? [
                  {
                    regex: "^(@pulumi/|axios$|(node:)?https?$)",
                    message: `${folder}/ is pure: neither Pulumi nor HTTP`,
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ["node_modules/", ".lab/", "coverage/"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // An async method without await turns what it throws into a rejection, as its interface promises.
      "@typescript-eslint/require-await": "off",
      eqeqeq: "error",
    },
  },
  // A pure folder comes behind the one that it lies in, whose rule it replaces.
  ...[...new Set([...Object.keys(forbidden), ...pure])].map(restrictedImports),
  {
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
