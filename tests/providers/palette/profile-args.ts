import { pureSecretManifest } from "../../../profiles/render/pure-secret";
import { profileFolders, readProfileFiles } from "../../../profiles/render/profile-files";
import { renderProfile } from "../../../profiles/render/render-profile";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { referenceParameters } from "../../profiles/parameters";

/** A token that must never be seen in clear. */
export const flashArrayToken = "flash-array-token-of-the-tests";

/** The infra profile's inputs, with the RA's values. */
export function infraArgs(version = "1.7.0"): PlainObject {
  const { name, description, profileType, cloudType, layers, variables } = renderProfile(
    readProfileFiles(profileFolders.infra),
    referenceParameters,
  );
  const arrays = [{ managementEndpoint: "172.16.200.50", apiToken: flashArrayToken }];
  const secretManifests = { "csi-portworx-generic/px-pure-secret": pureSecretManifest("portworx", arrays) };
  const rendered = { name, description, profileType, cloudType, layers, variables };
  return plain({ ...rendered, version, secretManifests });
}

/** The core profile's inputs, with the RA's values. */
export function coreArgs(version = "1.7.0"): PlainObject {
  const { name, description, profileType, cloudType, layers, variables } = renderProfile(
    readProfileFiles(profileFolders.core),
    referenceParameters,
  );
  return plain({ name, description, profileType, cloudType, layers, variables, version });
}

function plain(value: unknown): PlainObject {
  return JSON.parse(JSON.stringify(value)) as PlainObject;
}
