import { z } from "zod";
import { datacenterSchema } from "./datacenter";

/** Those parts of a JSON Schema that the description's own one uses. */
export interface SchemaNode {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string;
  default?: unknown;
  examples?: unknown[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: SchemaNode | boolean;
  propertyNames?: SchemaNode;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
}

/** The JSON Schema of `vmo-metal:datacenter`, for editors: stacks/datacenter.schema.json is this, written by `npm run schema`. */
export function datacenterJsonSchema(): SchemaNode {
  return z.toJSONSchema(datacenterSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      // Which sections must be there depends on the layers that are wanted.
      if (zodSchema === datacenterSchema)
        jsonSchema.anyOf = [{ required: ["maas", "domain", "hosts"] }, { required: ["existingCluster"] }];
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  }) as SchemaNode;
}
