// SPDX-License-Identifier: Apache-2.0
// A client as SCADA has it: logs in, browses a line, subscribes to an ejector, and tells what it sees on standard output.
const {
  OPCUAClient, SecurityPolicy, MessageSecurityMode, UserTokenType, AttributeIds,
  ClientSubscription, ClientMonitoredItem, TimestampsToReturn,
} = require('node-opcua-client');
const { OPCUACertificateManager } = require('node-opcua-certificate-manager');
const tell = require('./tell.cjs');

const [port, folder, user, password] = process.argv.slice(2);

async function main() {
  const certificates = new OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  const client = OPCUAClient.create({
    applicationName: 'peer',
    clientCertificateManager: certificates,
    securityPolicy: SecurityPolicy.Basic256Sha256,
    securityMode: MessageSecurityMode.SignAndEncrypt,
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(`opc.tcp://localhost:${port}/sortline`);
  const session = await client.createSession({ type: UserTokenType.UserName, userName: user, password });
  const namespace = (await session.readNamespaceArray()).indexOf('urn:sortline:lines');
  const id = (path) => `ns=${namespace};s=${path}`;
  const names = (await session.browse(id('line-1'))).references.map((r) => r.browseName.name);
  tell(`browsed ${names.sort().join(' ')}`);
  const beat = await session.read({ nodeId: id('line-1/Heartbeat'), attributeId: AttributeIds.Value });
  tell(`heartbeat ${beat.value.value}`);
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 20, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10, publishingEnabled: true,
  });
  const item = ClientMonitoredItem.create(
    subscription, { nodeId: id('line-1/Ejectors/3/Fire'), attributeId: AttributeIds.Value },
    { samplingInterval: 10, queueSize: 10, discardOldest: true }, TimestampsToReturn.Both);
  item.on('changed', (value) => tell(`fire ${value.value.value}`));
}
main().catch((e) => { tell(`failed ${e.message.split('\n')[0]}`); process.exit(1); });
