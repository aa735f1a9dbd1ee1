import assert from "node:assert/strict";
import { ClusterReads } from "../../../ops/vm/cluster-reads";

const action = { verb: "create", group: "cdi.kubevirt.io", resource: "datavolumes", subresource: "source" };

describe("reads of a check of virtual machines", () => {
  const sent: string[] = [];
  const reads = new ClusterReads({
    find: (path) => {
      sent.push(`find ${path}`);
      return Promise.resolve(path === "/missing" ? undefined : { metadata: { name: path } });
    },
    list: (path) => {
      sent.push(`list ${path}`);
      return Promise.resolve([{ metadata: { name: path } }]);
    },
    allows: (user, { namespace }) => {
      sent.push(`allows ${user} ${namespace}`);
      return Promise.resolve(namespace === "images");
    },
  });

  it("are sent once each, whatever is answered, and kept apart by path, user and namespace", async () => {
    for (let round = 0; round < 2; round += 1) {
      assert.equal((await reads.find("/a"))?.metadata.name, "/a");
      assert.equal(await reads.find("/missing"), undefined);
      assert.equal((await reads.list("/a")).length, 1);
      assert.equal(await reads.allows("one", { ...action, namespace: "images" }), true);
      assert.equal(await reads.allows("one", { ...action, namespace: "other" }), false);
      assert.equal(await reads.allows("two", { ...action, namespace: "images" }), true);
    }
    assert.deepEqual(sent, [
      "find /a",
      "find /missing",
      "list /a",
      "allows one images",
      "allows one other",
      "allows two images",
    ]);
  });
});
