import { z } from "zod";

/** What decides a habit's value: a public source, or none. */
const undecided = "no public source decides";

/** A habit of Palette: its values, the default first, what each does, and what is known of the real service. */
function habit<const Values extends readonly [string, string, ...string[]]>(
  values: Values,
  description: string,
  evidence: string,
) {
  return z.enum(values).prefault(values[0]).meta({ description, evidence });
}

/**
 * Behaviour of Palette that differs between releases or tenants, or that no public source decides: the simulator shows each variant, so that
 * a client that only copes with one of them fails a test.
 */
export const habitsSchema = z.strictObject({
  "quoted-variables": habit(
    ["kept", "stripped"],
    "whether the quotes of a scalar that is one profile variable (`'{{.spectro.var.NAME}}'`) stay in the rendered values",
    `${undecided}; the vendor's pages write references in quotes, also where a number is needed`,
  ),
  "can-be-applied": habit(
    ["true", "false"],
    "`status.spcApply.canBeApplied` of a cluster whose profiles nobody changed",
    `${undecided}; the vendor's Terraform provider waits for true only after a change of profiles`,
  ),
  "os-tags": habit(
    ["lts", "plain"],
    "how the registry spells the tags of Ubuntu: `LTS__22.04` or `22.04`",
    "the reference architecture writes `LTS__22.04`, the vendor's Terraform samples `22.04`",
  ),
  "vendor-registry": habit(
    ["public-repo", "palette-registry"],
    "what the vendor's own registry is called: `Public Repo` (kind `pack`) or `Palette Registry` (kind `oci`)",
    "the reference architecture and older samples name the one, newer samples and exports the other",
  ),
  "extra-conditions": habit(
    ["none", "false"],
    "whether clusters show conditions beyond the usual eight that stay False",
    `live clusters show \`ImagePullSecretPropagationDone\` too; whether others stay False: ${undecided}`,
  ),
  "deleted-machines": habit(
    ["dropped", "kept"],
    "whether the rows of released machines stay in their pool's list, in state `Deleted`",
    `the published schema has the state \`Deleted\`; how long it is listed: ${undecided}`,
  ),
  "manifest-uids": habit(
    ["optional", "required"],
    "whether an update of a layer must name existing manifests by uid",
    "the vendor's Terraform provider sends the uid of every existing manifest; the published schema does not require it",
  ),
});

/** The value of each habit. */
export type Habits = z.output<typeof habitsSchema>;

/** Name of a habit. */
export type HabitName = keyof Habits;

/** One habit as it is listed. */
export interface HabitView {
  name: HabitName;
  /** The value that is on. */
  value: string;
  /** All values, the default first. */
  values: string[];
  description: string;
  /** What is publicly known of the real service. */
  evidence: string;
}

/** Every habit, those of `on` with the value that they have there. */
export function listHabits(on: Partial<Habits>): HabitView[] {
  const current = habitsSchema.parse(on);
  return habitsSchema.keyof().options.map((name) => {
    const schema = habitsSchema.shape[name];
    const { description = "", evidence } = schema.meta() ?? {};
    return {
      name,
      value: current[name],
      values: [...schema.unwrap().options],
      description,
      evidence: String(evidence),
    };
  });
}

/**
 * The habits with one changed.
 * @throws Error naming the habits, or the values of this one, when there is no such name or value.
 */
export function withHabit(on: Partial<Habits>, name: string, value: string): Habits {
  const known = listHabits(on);
  const found = known.find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`palette: there is no habit ${name}; there are ${known.map((each) => each.name).join(", ")}`);
  if (!found.values.includes(value))
    throw new Error(`palette: ${name} is one of ${found.values.join(", ")}, not "${value}"`);
  return habitsSchema.parse({ ...on, [name]: value });
}
