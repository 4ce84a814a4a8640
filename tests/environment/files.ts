/** A valid environment file, which tests change. */
export const shop = `apiVersion: machine-images/v1
parameters:
  golden-server: { type: string, pattern: "ace[0-9a-f]+", default: ace0706b2ac4454d984295a942130001 }
  stage: { type: string, enum: [dev, prod], default: dev }
  web-count: { type: integer, default: 2 }
clouds:
  hangzhou: { type: alibaba, region: cn-hangzhou }
  partner: { type: huawei, region: eu-de, account: partner }
  otc: { type: huawei, region: eu-de }
images:
  golden:
    kind: CustomImage
    cloud: hangzhou
    source: { server: "\${parameters.golden-server}" }
    version: 1.4.0
    copies: [cn-shanghai]
    tags: { stage: "\${parameters.stage}" }
    shares:
      ecs: { with: ecs }
    onDelete: { ifInUse: retain }
  base:
    kind: EcsImage
    cloud: hangzhou
    image: \${images.golden}
    to: cn-shanghai
  erp:
    kind: FullEcsImage
    cloud: otc
    source: { server: 94eba8b2-acc9-4d82-badc-127144cc5526 }
    vault: 5f1c2d3e
    guest: { volumesAcrossDisks: false }
    shares:
      partner: { with: { projects: [] }, accept: [{ cloud: partner, vault: 6f1c2d3e }] }
servers:
  web:
    kind: SimpleServer
    image: \${images.golden}
    plan: swas.s2.c2m2s50b4t08
    count: \${parameters.web-count}
    onDelete: { refund: true }
    onImageChange: reset-system
    confirmWipe: true
    rollout: { batch: 1, pause: 5m }
  edge:
    kind: SimpleServer
    image: \${images.golden}
    region: cn-shanghai
    plan: swas.s2.c2m2s50b4t08
  api:
    kind: EcsInstance
    image: \${images.golden}
    instanceType: ecs.g7.large
    securityGroup: sg-1
    vSwitch: vsw-1
  erp-clone:
    kind: HuaweiServer
    image: \${images.erp}
    cloud: partner
    flavor: s3.large.2
    vpc: vpc-1
    subnet: subnet-1
policy:
  forbiddenDeletes: [images]
`;

/** The file with a text replaced. The file must contain that text. */
export function changed(from: string, to: string): string {
    if (!shop.includes(from)) throw new Error(`the file has no ${from}`);
    return shop.replace(from, () => to);
}
