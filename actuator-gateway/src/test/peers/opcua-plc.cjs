// SPDX-License-Identifier: Apache-2.0
// A controller that is an OPC UA server: tells each write to its nodes on standard output. Its ids are as Siemens writes them.
const { OPCUAServer } = require('node-opcua-server');
const { nodesets } = require('node-opcua-nodesets');
const { DataType, MessageSecurityMode, SecurityPolicy, StatusCodes, Variant, VariantArrayType } = require('node-opcua-client');
const { OPCUACertificateManager } = require('node-opcua-certificate-manager');
const tell = require('./tell.cjs');

// "open" offers no security and no users; "distrustful" lets in only clients whose certificate it knows.
const [port, folder, manner, user, password] = process.argv.slice(2);
const open = manner === 'open';

function variable(namespace, parent, name, dataType, more = {}) {
  const { type = DataType[dataType], value = type === DataType.String ? '' : type === DataType.Boolean ? false : 0, ...options } = more;
  const id = `"DB_Sort".${name}`;
  let held = new Variant({ dataType: type, value });
  namespace.addVariable({
    componentOf: parent,
    browseName: name,
    nodeId: `s=${id}`,
    dataType,
    minimumSamplingInterval: 10,
    ...options,
    value: {
      get: () => held,
      set: (written) => {
        tell(`${name} ${written.value}`);
        if (name === '"Refused"') return StatusCodes.BadUserAccessDenied;
        held = written;
        return StatusCodes.Good;
      },
    },
  });
}

function nodes(server) {
  const { addressSpace } = server.engine;
  const namespace = addressSpace.registerNamespace('http://plc.example/program');
  const db = namespace.addObject({ organizedBy: addressSpace.rootFolder.objects, browseName: 'DB_Sort', nodeId: 's="DB_Sort"' });
  const word = namespace.createDataType({ browseName: 'WORD', subtypeOf: 'UInt16', isAbstract: false });
  for (let i = 1; i <= 8; i++) variable(namespace, db, `"Ejector"[${i}]`, 'Boolean');
  variable(namespace, db, '"Heartbeat"', word.nodeId, { type: DataType.UInt16 });
  variable(namespace, db, '"Shot"', 'Int32');
  variable(namespace, db, '"ShotSmall"', 'Int16');
  variable(namespace, db, '"Item"', 'String');
  variable(namespace, db, '"ItemNumber"', 'UInt32');
  variable(namespace, db, '"Lane"', 'String');
  variable(namespace, db, '"LaneNumber"', 'Int16');
  variable(namespace, db, '"Confidence"', 'Float');
  variable(namespace, db, '"ConfidenceMille"', 'UInt16');
  variable(namespace, db, '"Cameras"', 'Int16');
  variable(namespace, db, '"Refused"', 'Boolean');
  variable(namespace, db, '"ReadOnly"', 'Boolean', { accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead' });
  variable(namespace, db, '"Locked"', 'Boolean', { userAccessLevel: 'CurrentRead' });
  namespace.addVariable({
    componentOf: db,
    browseName: 'Ejectors',
    nodeId: 's="DB_Sort"."Ejectors"',
    dataType: 'Boolean',
    valueRank: 1,
    value: new Variant({ dataType: DataType.Boolean, arrayType: VariantArrayType.Array, value: [false, false] }),
  });
}

async function main() {
  const certificates = new OPCUACertificateManager({
    rootFolder: folder, automaticallyAcceptUnknownCertificate: manner !== 'distrustful',
  });
  await certificates.initialize();
  const server = new OPCUAServer({
    port: Number(port),
    hostname: 'localhost',
    nodeset_filename: [nodesets.standard],
    serverInfo: { applicationUri: 'urn:plc.example', productUri: 'urn:plc.example' },
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    securityPolicies: open ? [SecurityPolicy.None] : [SecurityPolicy.Basic256Sha256],
    securityModes: open ? [MessageSecurityMode.None] : [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: open,
    userManager: { isValidUser: (name, word) => name === user && word === password },
  });
  await server.initialize();
  nodes(server);
  await server.start();
  tell('serving');
}
main().catch((e) => { tell(`failed ${e.message.split('\n')[0]}`); process.exit(1); });
