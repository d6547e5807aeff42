// SPDX-License-Identifier: Apache-2.0
// What this browser keeps of the reader's choices and of the session. Nothing fails where storage is shut off or full.

function reader(storage) {
  return {
    get(name) {
      try { return storage().getItem('sortline.' + name); } catch { return null; }
    },
    set(name, value) {
      try { storage().setItem('sortline.' + name, value); return true; } catch { return false; }
    },
    drop(name) {
      try { storage().removeItem('sortline.' + name); } catch { /* then it was not there */ }
    },
  };
}

/** Until the reader chooses otherwise. */
export const choices = reader(() => localStorage);
/** As long as the tab is open. */
export const session = reader(() => sessionStorage);
