/** Values of the storage pack, short. */
export const PORTWORX_VALUES = `
charts:
  portworx-generic:
    storageCluster:
      name: px-dc1
      namespace: portworx
      annotations: { portworx.io/misc-args: "-T px-storev2" }
      spec: { cloudStorage: { maxStorageNodes: 5 } }
    storageClasses:
      - name: spectro-storage-class
        isDefaultStorageClass: true
        annotations: { storageclass.kubevirt.io/is-default-virt-class: "true" }
        reclaimPolicy: Delete
        volumeBindingMode: WaitForFirstConsumer
        parameters: { repl: "2", nodiscard: true }
      - name: vm-state
        parameters: { sharedv4: "true" }
`;

/** Values of the virtualization pack, short. */
export const VMO_VALUES = `
pack: { namespace: vm-dashboard, namespaceLabels: { kubevirt: "pod-security.kubernetes.io/enforce=privileged,x=y" } }
charts:
  virtual-machine-orchestrator:
    goldenImagesNamespace: vmo-golden-images
    vmEnabledNamespaces: [default, virtual-machines]
    snapshot-controller:
      enabled: true
      volumeSnapshotClass: { create: true, name: px, driver: pxd.portworx.com, deletionPolicy: Delete, params: { a: b } }
    kubevirt:
      enabled: true
      kubevirtResource:
        additionalFeatureGates: [LiveMigration, Snapshot]
        config: { evictionStrategy: LiveMigrate, additionalConfig: { vmStateStorageClass: vm-state } }
    cdi: { enabled: true, cdiResource: { additionalConfig: { filesystemOverhead: { global: "0.08" } } } }
    multus: { enabled: true }
`;
