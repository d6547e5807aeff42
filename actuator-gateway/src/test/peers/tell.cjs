// SPDX-License-Identifier: Apache-2.0
// Tells the test, or who watches, a line. The mark sets it apart from what libraries print.
module.exports = (line) => console.log(`peer> ${line}`);
