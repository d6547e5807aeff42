// SPDX-License-Identifier: Apache-2.0
// A controller that is a Modbus TCP server: tells each write on standard output.
const { ServerTCP } = require('modbus-serial');
const tell = require('./tell.cjs');

const registers = new Map();
const server = new ServerTCP({
  setCoil: (address, on) => tell(`coil ${address} ${on ? 1 : 0}`),
  setRegister: (address, value) => {
    registers.set(address, value);
    tell(`register ${address} ${value}`);
  },
  getHoldingRegister: (address) => registers.get(address) ?? 0,
}, { host: '127.0.0.1', port: Number(process.argv[2]), unitID: 1 });
server.on('initialized', () => tell('listening'));
