module vmo-metal.example/tools/crds/files

go 1.24

require (
	github.com/cert-manager/cert-manager v1.17.2
	github.com/k8snetworkplumbingwg/network-attachment-definition-client v1.7.0
	github.com/kubernetes-csi/external-snapshotter/client/v8 v8.0.0
	go.universe.tf/metallb v0.15.2
)
