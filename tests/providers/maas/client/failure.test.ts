import assert from "node:assert/strict";
import { apiError, mayHaveHappened } from "../../../../providers/maas/client/failure";

const request = {
  method: "POST",
  endpoint: "http://maas/MAAS/api/2.0/zones/",
  tries: 1,
  keyOrigin: "vmo-metal:maasApiKey",
};

describe("apiError", () => {
  it("tells MAAS's field errors as sentences", () => {
    const text = JSON.stringify({ name: ["This field is required."], __all__: ["A VLAN exists already."] });
    const { message } = apiError({ ...request, outcome: { status: 400 }, text });
    assert.match(message, /name: This field is required\.; A VLAN exists already\./);
    assert.match(message, /POST http:\/\/maas\/MAAS\/api\/2\.0\/zones\/ was answered 400/);
  });

  it("leaves out the remark on mac_address that rides along with other errors of a bond", () => {
    const text = JSON.stringify({
      parents: ["Interfaces already in-use: enp1s0."],
      mac_address: ["This field cannot be blank."],
    });
    const { message } = apiError({ ...request, outcome: { status: 400 }, text });
    assert.ok(!message.includes("mac_address"));
    const alone = apiError({
      ...request,
      outcome: { status: 400 },
      text: JSON.stringify({ mac_address: ["This field cannot be blank."] }),
    });
    assert.match(alone.message, /mac_address/);
  });

  it("shows nothing of a 401's body and names where the key comes from", () => {
    const text = "Authorization Error: 'Invalid signature. Expected &TheSecret'";
    const { message } = apiError({ ...request, outcome: { status: 401 }, text });
    assert.ok(!message.includes("TheSecret"));
    assert.match(message, /vmo-metal:maasApiKey/);
  });

  it("says what an empty 403, a 500 after a write, and an HTML page mean", () => {
    assert.match(apiError({ ...request, outcome: { status: 403 }, text: "" }).message, /locked/);
    assert.match(apiError({ ...request, outcome: { status: 500 }, text: "'name'" }).message, /check the values/);
    assert.match(apiError({ ...request, outcome: { status: 404 }, text: "<html>nginx</html>" }).message, /HTML page/);
    assert.match(
      apiError({ ...request, outcome: { status: 404 }, text: "Unknown API endpoint: /x" }).message,
      /ends in \/MAAS/,
    );
  });

  it("points to the address when nothing answers", () => {
    const failure = apiError({ ...request, outcome: { code: "ECONNREFUSED" }, text: "connect ECONNREFUSED", tries: 3 });
    assert.match(failure.message, /got no answer ECONNREFUSED: connect ECONNREFUSED\. Check maas\.url.*tried 3 times/);
    assert.equal(failure.status, undefined);
  });
});

describe("mayHaveHappened", () => {
  const failed = (outcome: { status: number } | { code: string }) => apiError({ ...request, outcome, text: "" });
  it("is true for lost answers only", () => {
    assert.equal(mayHaveHappened(failed({ status: 502 })), true);
    assert.equal(mayHaveHappened(failed({ code: "ECONNRESET" })), true);
    assert.equal(mayHaveHappened(failed({ code: "ECONNREFUSED" })), false);
    assert.equal(mayHaveHappened(failed({ status: 400 })), false);
    assert.equal(mayHaveHappened(failed({ status: 500 })), false);
    assert.equal(mayHaveHappened(new Error("other")), false);
  });
});
