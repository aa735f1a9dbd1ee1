import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { textSet } from "../dynamic/fields";
import { type Plain, type PlainObject, containsUnknown } from "../dynamic/plain";
import { type MaasConnection, connectMaas } from "./connection";
import { stillInUse } from "./in-use";
import { keepUnfinished } from "./keep-unfinished";
import { mark, unmark } from "./marker";
import type { OwnedKind, OwnedKindOptions, OwnershipInputs, WriteReason } from "./owned-kind-options";
import { needsUsage } from "./ownership/dangers";
import { type Owned, type Ownership, type OwnershipRequest, decideOwnership, withMarked } from "./ownership/decide";
import { creationForecast, existingForecast, refusedForecast } from "./ownership/forecast";
import { type MarkedText, ownedText, releasedText } from "./ownership/marked-text";
import { createdHere, missingReference } from "./ownership/messages";
import { filledInputs, isLegacy, recordedOf, sameInput, stoppedFields } from "./ownership/recorded";
import { planRestore } from "./ownership/restore";
import {
  type AnyFieldTable,
  type FieldTable,
  type Values,
  defaultValues,
  describedValues,
  fieldSchemas,
  inputOf,
  sameValue,
} from "./ownership/values";
import { gone, isDuplicate } from "./refusals";

/**
 * A kind of site object with field-level ownership: created, adopted or referenced (see {@link decideOwnership}); read back; changed in
 * place; on destroy deleted when this stack created it, else given the previous values that it still may have.
 */
export function ownedKind<Fields extends object, Extra extends object, Answer>(
  options: OwnedKindOptions<Fields, Extra, Answer>,
): OwnedKind<Fields & Extra & OwnershipInputs> {
  type Inputs = Fields & Extra & OwnershipInputs;
  const table = options.fields as FieldTable<Fields, Inputs, Answer> & AnyFieldTable;
  const defaults = table as Parameters<typeof defaultValues<Inputs>>[0];
  const entries = Object.entries(table) as [string, FieldTable<Record<string, Plain>, Inputs, Answer>[string]][];
  const names = Object.fromEntries(entries.flatMap(([key, { name }]) => (name === undefined ? [] : [[key, name]])));
  const schema = {
    ...fieldSchemas(table),
    ...options.extra,
    adopt: z.boolean().default(false),
    approve: textSet(),
    reference: z.boolean().default(false),
  } as unknown as OwnedKind<Inputs>["schema"];
  const informative = ["adopt", "approve", ...Object.keys(options.extra ?? {})] as (keyof Inputs & string)[];

  function valuesOf(answer: Answer, inputs: Partial<Inputs>): Values {
    return Object.fromEntries(
      entries.flatMap(([key, { read }]) => {
        const value = read(answer, inputs);
        return value === undefined ? [] : [[key, value]];
      }),
    );
  }

  async function decide(
    link: MaasConnection,
    answer: Answer,
    inputs: Inputs,
    recorded?: { readonly state: Owned; readonly stopped: readonly string[] },
  ): Promise<Ownership> {
    const marker = options.marker === undefined ? undefined : unmark(options.marker.read(answer)).marker;
    const settled = recorded !== undefined && recorded.state.origin !== "referenced";
    const owner = settled || marker !== undefined ? undefined : await options.owner?.(link, answer);
    const request: OwnershipRequest = {
      kind: options.objectKind,
      object: options.object(inputs),
      datacenter: link.datacenter,
      actual: valuesOf(answer, inputs),
      described: { ...describedValues(table, inputs), ...((await options.implied?.(link, answer, inputs)) as Values) },
      defaults: defaultValues(defaults, inputs),
      names,
      ...(marker === undefined ? {} : { marker }),
      ...(owner === undefined ? {} : { owner }),
      unmanaged: inputs.reference,
      ...(recorded === undefined ? {} : { recorded: recorded.state, stopped: recorded.stopped }),
      adopt: inputs.adopt,
      approved: inputs.approve,
      usage: { machines: [], foreign: [] },
    };
    const decision = decideOwnership(request);
    if (options.usage === undefined || !needsUsage(options.objectKind, decision.changes)) return decision;
    return decideOwnership({ ...request, usage: await options.usage(link, answer) });
  }

  function markedText(link: MaasConnection, answer: Answer): MarkedText {
    return {
      present: options.marker?.read(answer) ?? "",
      datacenter: link.datacenter,
      unclearable: options.marker?.unclearable === true,
    };
  }

  /** Writes values and the marker in one request, so that a lost answer loses none of them. */
  async function write(
    link: MaasConnection,
    answer: Answer,
    inputs: Inputs,
    values: Values,
    reason: WriteReason,
    textOf: (text: string) => string | undefined,
  ): Promise<void> {
    const actual = valuesOf(answer, inputs);
    await options.beforeWrite?.(link, answer, values as Partial<Fields>, reason);
    const { marker } = options;
    const { [marker?.text ?? ""]: text = actual[marker?.text ?? ""], ...others } = values;
    const fields = await options.form(link, others as Partial<Fields>, { ...actual, ...values } as Partial<Fields>);
    const marked = marker === undefined ? {} : { [marker.form]: textOf(textOfValue(text)) };
    await options.send(link, answer, { ...fields, ...marked });
    await options.afterWrite?.(link, answer, values as Partial<Fields>, reason);
  }

  async function apply(link: MaasConnection, answer: Answer, inputs: Inputs, ownership: Ownership): Promise<void> {
    if (ownership.refusal !== undefined) throw new InputError(ownership.refusal);
    const log = link.log.of(options.kind, options.object(inputs), options.idOf(answer));
    for (const key of ownership.left) log.warning(`${key} keeps its value: somebody else changed it since`);
    if (Object.keys(ownership.write).length === 0) return;
    // A created object gets all of its values, so that what others changed together is set right together.
    const values = ownership.origin === "created" ? enforced(answer, inputs, ownership.write) : ownership.write;
    await write(link, answer, inputs, values, "described", (text) =>
      ownedText(markedText(link, answer), text, ownership, table),
    );
  }

  /** All values of a created object but those that say which one it is, and those that this one does not have. */
  function enforced(answer: Answer, inputs: Inputs, changed: Values): Values {
    const actual = valuesOf(answer, inputs);
    const all = { ...defaultValues(defaults, inputs), ...describedValues(table, inputs) };
    return Object.fromEntries(
      Object.entries(all).filter(([key]) => key in changed || (key in actual && table[key]?.always !== true)),
    );
  }

  function computedOf(answer: Answer): PlainObject {
    return Object.fromEntries(Object.entries(options.computed ?? {}).map(([name, of]) => [name, of(answer)]));
  }

  async function outputsOf(link: MaasConnection, answer: Answer, inputs: Inputs, decided: Ownership): Promise<Owned> {
    const { origin, previous, applied } = decided;
    const owned: Owned = { origin, previous, applied };
    if (options.computed === undefined) return owned;
    return { ...owned, ...computedOf((await options.byId(link, options.idOf(answer), inputs)) ?? answer) };
  }

  async function take(link: MaasConnection, answer: Answer, inputs: Inputs) {
    const ownership = await decide(link, answer, inputs);
    await keepUnfinished(options.idOf(answer), inputs, ownership, () => apply(link, answer, inputs, ownership));
    return { id: options.idOf(answer), outputs: await outputsOf(link, answer, inputs, ownership) };
  }

  async function find(link: MaasConnection, inputs: Inputs, age?: number): Promise<Answer | undefined> {
    return (await options.list(link, inputs, age)).find((answer) => options.isIt(answer, inputs));
  }

  async function make(link: MaasConnection, inputs: Inputs): Promise<Answer> {
    const values = { ...defaultValues(defaults, inputs), ...describedValues(table, inputs) };
    const { [options.marker?.text ?? ""]: text, ...others } = values;
    const fields = await options.form(link, others as Partial<Fields>, values as Partial<Fields>);
    const { marker } = options;
    const marked = marker === undefined ? {} : { [marker.form]: mark(textOfValue(text), link.datacenter) };
    return options.create(link, { ...fields, ...marked }, inputs);
  }

  async function refuseWhileUsed(link: MaasConnection, answer: Answer, object: string): Promise<void> {
    const users = (await options.users?.(link, answer)) ?? [];
    if (users.length === 0) return;
    const next = "Take it out of their stacks first (or destroy those), then destroy this one.";
    throw stillInUse(`The ${object}`, `other stacks use it: ${users.slice(0, 10).join(", ")}`, next);
  }

  async function restore(link: MaasConnection, answer: Answer, state: Inputs & Owned): Promise<void> {
    const actual = valuesOf(answer, state);
    const present = options.marker === undefined ? undefined : unmark(options.marker.read(answer)).marker;
    const known = withMarked(recordedOf(table, state, options), actual, present, link.datacenter);
    const plan = planRestore(actual, known);
    const log = link.log.of(options.kind, options.object(state), options.idOf(answer));
    for (const { field, from, to } of plan.left)
      log.warning(
        `${field} is left as it is: this stack set ${JSON.stringify(from)}, and it is ${JSON.stringify(to)} now`,
      );
    const values = options.restorable?.(link, answer, plan.write) ?? plan.write;
    const { marker } = options;
    const marked = marker !== undefined && unmark(marker.read(answer)).datacenter === link.datacenter;
    if (Object.keys(values).length === 0 && !marked) return;
    if (Object.keys(values).length > 0) await refuseWhileUsed(link, answer, options.object(state));
    await write(link, answer, state, values, "restored", (text) => {
      const kept = releasedText(markedText(link, answer), text);
      if (kept === undefined && marker?.read(answer) !== "")
        log.warning("MAAS does not clear this text; it keeps the present one");
      return kept;
    });
  }

  return {
    kind: options.kind,
    objectKind: options.objectKind,
    fields: table,
    markerText: options.marker?.text,
    schema,
    outputs: ["origin", "previous", "applied", ...Object.keys(options.computed ?? {})] as (keyof Owned)[],
    informative,
    ...(options.replaceOn === undefined ? {} : { replaceOn: options.replaceOn }),
    ...(options.replaceFound === undefined
      ? {}
      : { replaces: (olds: PlainObject, key: string) => isFound(olds) && includes(options.replaceFound, key) }),
    ...(options.checkTogether === undefined
      ? {}
      : {
          checkTogether: (inputs: Inputs, olds: Partial<Inputs> | undefined) =>
            options.checkTogether?.(inputs, olds) ?? [],
        }),
    same: (key, olds, news) => sameInput(table, key, olds, news),
    connect: connectMaas,

    async create(link, inputs) {
      await link.client.ready();
      const found = await find(link, inputs);
      if (found !== undefined) return take(link, found, inputs);
      if (inputs.reference) throw new InputError(missingReference(options.object(inputs)));
      try {
        const made = await make(link, inputs);
        const owned: Owned = { origin: "created", previous: {}, applied: {} };
        return { id: options.idOf(made), outputs: { ...owned, ...computedOf(made) } };
      } catch (failure) {
        const rival = isDuplicate(failure) ? await find(link, inputs, 0) : undefined;
        if (rival === undefined) throw failure;
        return take(link, rival, inputs);
      }
    },

    async read(link, id, state) {
      await link.client.ready();
      const found = await options.byId(link, id, state);
      if (found === undefined) return undefined;
      const values = valuesOf(found, state);
      const known = state as Readonly<Record<string, Plain | undefined>>;
      const managed = entries.map(([key, field]) => {
        const before = known[key];
        const value = values[key];
        if (value === undefined) return [key, before ?? null];
        const enforced = state.origin === "created" && field.byDefault !== undefined;
        const silent = before === null && field.always !== true;
        if (silent && !(enforced && !sameValue(value, field.byDefault(state as Inputs)))) return [key, null];
        return [key, inputOf(field, value)];
      });
      const others = Object.fromEntries(
        Object.entries<z.ZodType>(schema)
          .filter(([key]) => !(key in table))
          .map(([key, type]) => [key, known[key] ?? type.parse(undefined)]),
      );
      return {
        id,
        inputs: { ...others, ...Object.fromEntries(managed) } as Inputs,
        outputs: isLegacy(state)
          ? ({ origin: known["origin"], former: known["former"] } as unknown as Owned)
          : {
              origin: state.origin ?? "adopted",
              previous: state.previous ?? {},
              applied: state.applied ?? {},
              ...computedOf(found),
            },
      };
    },

    async update(link, id, olds, news) {
      await link.client.ready();
      const found = await options.byId(link, id, filledInputs(olds, news));
      if (found === undefined) throw gone(options.object(olds), id);
      if (news.reference && olds.origin === "created") throw new InputError(createdHere(options.object(news)));
      if (news.reference && olds.origin === "adopted") {
        await restore(link, found, olds);
        const restored = (await options.byId(link, id, olds)) ?? found;
        const reference = await decide(link, restored, news);
        if (reference.refusal !== undefined) throw new InputError(reference.refusal);
        return { outputs: await outputsOf(link, restored, news, reference) };
      }
      const recorded = {
        state: recordedOf(table, olds, options),
        stopped: stoppedFields(table, olds, news),
      };
      const ownership = await decide(link, found, news, recorded);
      await keepUnfinished(id, news, ownership, () => apply(link, found, news, ownership));
      return { outputs: await outputsOf(link, found, news, ownership) };
    },

    async delete(link, id, state) {
      await link.client.ready();
      if (state.origin === "referenced") return;
      const found = await options.byId(link, id, state);
      if (found === undefined) return;
      if (state.origin === "created") {
        await refuseWhileUsed(link, found, options.object(state));
        await options.remove(link, found);
      } else await restore(link, found, state);
    },

    async forecast(link, args) {
      await link.client.ready();
      const inputs = parsed(schema, args);
      try {
        const found = await find(link, inputs);
        if (found === undefined)
          return creationForecast(
            options.object(inputs),
            inputs.reference ? missingReference(options.object(inputs)) : undefined,
          );
        return existingForecast(
          options.object(inputs),
          await decide(link, found, inputs),
          options.marker !== undefined,
        );
      } catch (failure) {
        if (!(failure instanceof InputError)) throw failure;
        return refusedForecast(options.object(inputs), failure.message);
      }
    },
  };
}

/** The text behind which a marker goes; these values are texts. */
function textOfValue(value: Plain | undefined): string {
  return typeof value === "string" ? value : "";
}

function isFound(olds: PlainObject): boolean {
  return olds["origin"] === "adopted" || olds["origin"] === "referenced";
}

function includes(keys: readonly string[] | undefined, key: string): boolean {
  return keys?.includes(key) === true;
}

/** The inputs of arguments as a check leaves them. @throws InputError for an argument that is refused or not known yet */
function parsed<Inputs extends object>(schema: OwnedKind<Inputs>["schema"], args: Partial<Inputs>): Inputs {
  const given = args as Readonly<Record<string, unknown>>;
  const inputs = Object.entries<z.ZodType>(schema).map(([key, type]) => {
    if (containsUnknown(given[key])) throw new InputError(`${key} is not known yet`, key);
    const result = type.safeParse(given[key] ?? undefined);
    if (!result.success) throw new InputError(`${key}: ${result.error.issues[0]?.message ?? "is refused"}`, key);
    return [key, result.data];
  });
  return Object.fromEntries(inputs) as Inputs;
}
