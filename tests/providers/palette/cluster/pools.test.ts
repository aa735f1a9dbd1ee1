import assert from "node:assert/strict";
import fc from "fast-check";
import { machinePoolEntitySchema } from "../../../../providers/palette/client/request-schemas";
import { type MachinePool, poolEntity } from "../../../../providers/palette/cluster/pools";
import { poolArgs } from "../cluster-site";

const pool = poolArgs("worker-pool", 5) as unknown as MachinePool;
const present = { name: "worker-pool", instanceType: {} };

const annotations = fc.dictionary(fc.stringMatching(/^[a-z./-]{1,20}$/), fc.string(), { noNullPrototype: true });

/** What a pool may have that a description does not state. */
const notDescribed = fc.record({
  additionalAnnotations: fc.option(annotations),
  additionalTags: fc.option(annotations),
  minSize: fc.option(fc.nat(10)),
  maxSize: fc.option(fc.nat(10)),
  overrideKubeadmConfiguration: fc.option(fc.string()),
  overrideClusterAPIConfig: fc.option(fc.string()),
  overrideHealthCheckConfiguration: fc.option(fc.string()),
});

describe("a machine pool as Palette takes it", () => {
  it("keeps what it has and the description does not state, and nothing that is not set, in a body that keeps its schema", () => {
    fc.assert(
      fc.property(notDescribed, (kept) => {
        const { poolConfig } = machinePoolEntitySchema.parse(poolEntity(pool, { ...present, ...kept }));
        for (const [key, value] of Object.entries(kept)) {
          const isSet = value !== null && value !== 0 && value !== "";
          assert.deepEqual(poolConfig[key as keyof typeof kept], isSet ? value : undefined, key);
        }
      }),
    );
  });

  it("of control planes has no interval between replacements, which Palette refuses there", () => {
    const { poolConfig } = poolEntity({ ...pool, controlPlane: true });
    assert.equal("nodeRepaveInterval" in poolConfig, false);
    assert.equal(poolEntity(pool).poolConfig.nodeRepaveInterval, 0);
  });
});
