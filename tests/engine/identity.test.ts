import assert from "node:assert/strict";
import { LabDatacenter, metalOnly } from "./support/lab-datacenter";
import { ended, refused, well } from "./support/outcomes";
import { counts } from "./support/resources";

/** Component types of this version and the tokens that they had before. */
const previousTypes: readonly [RegExp, string][] = [
  [/vmo-metal:(BareMetal|Host|Site)(?=\$|::)/g, "vmo-metal:bare-metal:$1"],
  [/vmo-metal:(Palette)(?=\$|::)/g, "vmo-metal:palette:$1"],
];

function withPreviousTypes(text: string): string {
  return previousTypes.reduce((result, [type, before]) => result.replaceAll(type, before), text);
}

describe("what keeps its place in the state", function () {
  this.timeout(600_000);
  const lab = new LabDatacenter();

  before(async () => {
    await lab.lab("start");
    await lab.describe(metalOnly);
    well(await lab.up());
  });
  after(() => lab.remove());

  it("is everything in a state of the version before, whose component types had other tokens", async () => {
    await lab.changeState((resources) => {
      const renamed = JSON.parse(withPreviousTypes(JSON.stringify(resources))) as typeof resources;
      for (const resource of renamed) resource.type = withPreviousTypes(`${resource.type}::`).slice(0, -2);
      resources.splice(0, resources.length, ...renamed);
    });
    const { output } = well(await lab.pulumi(["preview", "--expect-no-changes"]));
    assert.deepEqual(Object.keys(counts(output)), ["unchanged"]);
    well(await lab.up());
  });

  it("is a subnet whose name changes: it is renamed in MAAS, not deleted and created again", async () => {
    const before = (await lab.status()).maas.site;
    await lab.describe((description) => {
      Object.assign(description["networks"]?.["data"] as object, { name: "production" });
    });
    const { output } = well(await lab.up());
    assert.deepEqual(Object.keys(counts(output)).sort(), ["unchanged", "updated"]);
    const after = (await lab.status()).maas.site;
    assert.deepEqual(ids(after), ids(before));
    well(await lab.pulumi(["preview", "--refresh", "--run-program", "--expect-no-changes"]));
  });

  it("is refused to a version that does not know its types, before anything is touched", async () => {
    await lab.changeState((resources) => {
      const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
      const urn = `urn:pulumi:dev::vmo-metal::vmo-metal:Rack::rack-1`;
      resources.push({ ...stack, urn, type: "vmo-metal:Rack", custom: false, parent: stack?.urn } as never);
    });
    refused(await lab.pulumi(["preview"]), /does not know: vmo-metal:Rack/);
    refused(await lab.up(), /Nothing was touched/);
    await lab.changeState((resources) => {
      resources.splice(
        resources.findIndex(({ type }) => type === "vmo-metal:Rack"),
        1,
      );
    });
    ended(await lab.pulumi(["destroy", "--yes", "--skip-preview"]), 0);
  });
});

/** Ids of the subnets that the lab's MAAS has. */
function ids(site: Record<string, unknown>): unknown {
  return (site["subnets"] as { id: number }[]).map(({ id }) => id).sort((left, right) => left - right);
}
