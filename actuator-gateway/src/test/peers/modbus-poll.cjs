// SPDX-License-Identifier: Apache-2.0
// A controller that polls: tells each coil that rises and the registers of the shot on standard output.
const ModbusRTU = require('modbus-serial');
const tell = require('./tell.cjs');

const [port, firstCoil, coils, firstRegister] = process.argv.slice(2).map(Number);

async function poll() {
  const plc = new ModbusRTU();
  await plc.connectTCP('127.0.0.1', { port });
  plc.setID(1);
  let before = [];
  for (;;) {
    const now = (await plc.readCoils(firstCoil, coils)).data;
    for (let i = 0; i < coils; i++) {
      if (now[i] && !before[i]) tell(`rose ${i}`);
      if (!now[i] && before[i]) {
        const shot = (await plc.readHoldingRegisters(firstRegister + 8, 4)).data;
        tell(`fell ${i} shot ${shot.join(' ')}`);
      }
    }
    if (before.length === 0) tell('polling');
    before = now;
  }
}
poll().catch((e) => { console.error(e); process.exit(1); });
