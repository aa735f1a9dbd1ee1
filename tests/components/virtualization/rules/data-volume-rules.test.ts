import assert from "node:assert/strict";
import { dataVolumeProblems } from "../../../../components/virtualization/rules/data-volume-rules";

const storage = { storageClassName: "fast", resources: { requests: { storage: "50Gi" } } };
const http = { http: { url: "https://images.example.com/a.qcow2" } };
const pvc = { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "50Gi" } } };

/** Each rule of CDI's webhook: a spec that passes, and the smallest change of it that is refused. */
const cases: Record<string, { accepted: unknown; refused: unknown; message: RegExp }> = {
  "one source": {
    accepted: { source: http, storage },
    refused: { storage },
    message: /^source: is missing/,
  },
  "no second source": {
    accepted: { source: http, storage },
    refused: { source: { ...http, upload: {} }, storage },
    message: /exactly one source/,
  },
  "a source that CDI knows": {
    accepted: { source: { blank: {} }, storage },
    refused: { source: { ftp: {} }, storage },
    message: /no such source/,
  },
  "source or sourceRef": {
    accepted: { sourceRef: { kind: "DataSource", name: "a" }, storage },
    refused: { source: http, sourceRef: { kind: "DataSource", name: "a" }, storage },
    message: /together with sourceRef/,
  },
  "kind of a sourceRef": {
    accepted: { sourceRef: { kind: "DataSource", name: "a" }, storage },
    refused: { sourceRef: { kind: "DataVolume", name: "a" }, storage },
    message: /must be DataSource/,
  },
  "pvc or storage": {
    accepted: { source: http, pvc },
    refused: { source: http, pvc, storage },
    message: /both pvc and storage/,
  },
  "a claim at all": {
    accepted: { source: http, storage },
    refused: { source: http },
    message: /neither pvc nor storage/,
  },
  "a size": {
    accepted: { source: { pvc: { name: "a", namespace: "b" } }, storage: {} },
    refused: { source: http, storage: {} },
    message: /is missing; only a clone/,
  },
  "a size that is a quantity": {
    accepted: { source: http, storage },
    refused: { source: http, storage: { resources: { requests: { storage: "50 GB" } } } },
    message: /not a quantity/,
  },
  "1 MiB or more": {
    accepted: { source: http, storage: { resources: { requests: { storage: "1Mi" } } } },
    refused: { source: http, storage: { resources: { requests: { storage: "1000Ki" } } } },
    message: /1Mi or more/,
  },
  "one access mode of a pvc": {
    accepted: { source: http, pvc },
    refused: { source: http, pvc: { ...pvc, accessModes: ["ReadWriteMany", "ReadWriteOnce"] } },
    message: /has 2; CDI takes exactly one/,
  },
  "access modes that exist": {
    accepted: { source: http, storage: { ...storage, accessModes: ["ReadWriteMany"] } },
    refused: { source: http, storage: { ...storage, accessModes: ["RWX"] } },
    message: /"RWX" is not an access mode/,
  },
  "scheme of a web address": {
    accepted: { source: { http: { url: "http://a/b" } }, storage },
    refused: { source: { http: { url: "ftp://a/b" } }, storage },
    message: /source\.http\.url: is "ftp:/,
  },
  "scheme of a registry": {
    accepted: { source: { registry: { url: "docker://r/i:1" } }, storage },
    refused: { source: { registry: { url: "https://r/i:1" } }, storage },
    message: /docker or oci-archive/,
  },
  "pull method": {
    accepted: { source: { registry: { url: "docker://r/i:1", pullMethod: "node" } }, storage },
    refused: { source: { registry: { url: "docker://r/i:1", pullMethod: "host" } }, storage },
    message: /must be pod or node/,
  },
  "no archive from a registry": {
    accepted: { source: { registry: { url: "docker://r/i:1" } }, contentType: "kubevirt", storage },
    refused: { source: { registry: { url: "docker://r/i:1" } }, contentType: "archive", storage },
    message: /archive cannot come from a registry/,
  },
  "name of a storage class": {
    accepted: { source: http, storage },
    refused: { source: http, storage: { ...storage, storageClassName: "a".repeat(254) } },
    message: /at most 253/,
  },
};

describe("CDI's rules for DataVolumes", () => {
  for (const [rule, { accepted, refused, message }] of Object.entries(cases)) {
    it(`asks for ${rule}`, () => {
      assert.deepEqual(dataVolumeProblems(accepted), []);
      const problems = dataVolumeProblems(refused);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });
  }
});
