// Package cdi pins the API types from which the set-up prints CDI's CustomResourceDefinitions.
package cdi

import _ "kubevirt.io/containerized-data-importer-api/pkg/apis/core/v1beta1"
