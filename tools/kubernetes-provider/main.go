// The Pulumi provider for Kubernetes, with the schema of its own module.
//
// The schema files are not Go packages, so the set-up copies them from the module's folder beside this
// file before it builds (ops/setup).
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
)

// version is set by the set-up with -ldflags "-X main.version=...": the release that the module's commit was tagged as.
var version string

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var terraformMapping []byte

func main() {
	provider.Serve("kubernetes", version, schema, terraformMapping)
}
