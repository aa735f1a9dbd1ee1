import assert from "node:assert/strict";
import { explainMaas, explainUnauthorised, statesAbsence } from "../../../../providers/maas/client/failure";

const write = { method: "POST", sendsValues: true, keyOrigin: "vmo-metal:maasApiKey" };
const read = { method: "GET", sendsValues: false, keyOrigin: "vmo-metal:maasApiKey" };
const plain = { contentType: "text/plain" };

describe("explainMaas", () => {
  it("names the fields of a 400, and the text alone of what concerns several", () => {
    const text = JSON.stringify({ vid: ["VID must be between 0 and 4094."], __all__: ["No."] });
    const { detail } = explainMaas(write, { status: 400, contentType: "application/json", text });
    assert.equal(detail, "vid: VID must be between 0 and 4094.; No.");
  });

  it("leaves out what MAAS says along with other errors of a bond", () => {
    const json = { contentType: "application/json", status: 400 };
    const mac = { mac_address: ["This field cannot be blank."] };
    const both = JSON.stringify({ parents: ["Interfaces already in-use: enp1s0."], ...mac });
    assert.ok(!explainMaas(write, { ...json, text: both }).detail.includes("mac_address"));
    assert.match(explainMaas(write, { ...json, text: JSON.stringify(mac) }).detail, /mac_address/);
  });

  it("shows nothing of a 401's body and names where the key comes from", () => {
    const text = "Authorization Error: 'Invalid signature. Expected &TheSecret'";
    const { detail, advice } = explainMaas(write, { ...plain, status: 401, text });
    assert.ok(!detail.includes("TheSecret"));
    assert.match(advice ?? "", /vmo-metal:maasApiKey/);
  });

  it("explains an empty 403, an HTML page and an address that is not MAAS's", () => {
    assert.match(explainMaas(write, { ...plain, status: 403, text: "" }).advice ?? "", /locked/);
    const page = { status: 404, contentType: "text/html", text: "<html>nginx</html>" };
    assert.match(explainMaas(read, page).detail, /HTML page/);
    assert.match(explainMaas(read, { ...plain, status: 404, text: "Unknown API endpoint: /x" }).advice ?? "", /\/MAAS/);
  });

  it("advises to check the values after a 500 only when the request sent some", () => {
    const advice = (request: typeof write, text = "boom"): string =>
      explainMaas(request, { ...plain, status: 500, text }).advice ?? "";
    assert.match(advice(write), /check the values/);
    for (const request of [read, { ...read, method: "DELETE" }, { ...write, sendsValues: false }])
      assert.doesNotMatch(advice(request), /check the values/);
    const inUse =
      "Cannot delete some instances of model 'Domain' because they are referenced through protected foreign keys";
    assert.match(advice({ ...read, method: "DELETE" }, inUse), /delete that first/);
  });

  it("escapes control characters of a body", () => {
    const { detail } = explainMaas(write, { ...plain, status: 409, text: "before\u001b[2Kafter" });
    assert.equal(detail, "before\\u001b[2Kafter");
  });
});

describe("statesAbsence", () => {
  for (const text of [
    "No ResourcePool matches the given query.",
    "No IPRange matches the given query.",
    "VLAN with specified ID does not exist.",
  ]) {
    it(`is true for MAAS's own 404: ${text}`, () => {
      assert.equal(statesAbsence({ ...plain, status: 404, text }), true);
    });
  }

  const foreign: [string, { status: number; contentType: string; text: string }][] = [
    ["an unknown endpoint", { ...plain, status: 404, text: "Unknown API endpoint: /MAAS/api/2.0/x/." }],
    ["an address in use", { ...plain, status: 404, text: "IP address is already in use." }],
    ["a router's text", { ...plain, status: 404, text: "404 page not found" }],
    ["an empty body", { ...plain, status: 404, text: "" }],
    ["an HTML page", { status: 404, contentType: "text/html", text: "<html>Not Found</html>" }],
    ["foreign JSON", { status: 404, contentType: "application/json", text: '{"message":"no Route matched"}' }],
    ["MAAS's text as HTML", { status: 404, contentType: "text/html", text: "No Zone matches the given query." }],
    ["another status", { ...plain, status: 403, text: "No Zone matches the given query." }],
  ];
  for (const [what, answer] of foreign) {
    it(`is false for ${what}`, () => {
      assert.equal(statesAbsence(answer), false);
    });
  }
});

describe("explainUnauthorised", () => {
  it("states in our words what MAAS means, and repeats nothing of it", () => {
    const body = "Authorization Error: 'Invalid signature. Expected signature base string: &S3CR'";
    assert.equal(explainUnauthorised(body), "The secret part of the API key is wrong.");
    assert.match(explainUnauthorised("Authorization Error: Invalid API key."), /does not know this API key/);
    assert.match(explainUnauthorised("Authorization Error: 'Invalid access token: x'"), /token/);
    assert.match(explainUnauthorised("whatever &S3CR"), /did not accept/);
  });
});
