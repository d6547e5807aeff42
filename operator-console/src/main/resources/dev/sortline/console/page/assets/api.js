// SPDX-License-Identifier: Apache-2.0
// Asks the console over HTTP, and puts each refusal into a sentence for the reader.
import { say, sayOne } from './words.js';

/** A request that was refused, or never arrived (code `away`). */
export class Trouble extends Error {
  constructor(code, detail, retryAfter) {
    super(detail || code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

async function refusal(response) {
  let told = {};
  try { told = await response.json(); } catch { /* then its status must do */ }
  const byStatus = { 401: 'not-signed-in', 403: 'not-allowed', 404: 'not-found', 413: 'too-large', 415: 'unknown-format', 429: 'too-many', 503: 'line-away' };
  return new Trouble(told.code ?? byStatus[response.status] ?? 'failed', told.detail, Number(response.headers.get('Retry-After')) || null);
}

/** Keeps where the reader was. */
export const toSignIn = () => location.assign('/sign-in' + location.hash);

async function ask(method, path, options = {}) {
  let response;
  const headers = method === 'GET' ? {} : { 'X-Sortline': '1' };
  try {
    response = await fetch(path, { method, headers: { ...headers, ...options.headers }, body: options.body, signal: options.signal, cache: 'no-store' });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Trouble('away');
  }
  if (response.ok) return response;
  const trouble = await refusal(response);
  if (trouble.code === 'not-signed-in') toSignIn();
  throw trouble;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

export const getJson = async (path, options) => (await ask('GET', path, options)).json();
export const getText = async (path) => (await ask('GET', path)).text();
export const postBytes = async (path, blob, type) => (await ask('POST', path, { body: blob, headers: { 'Content-Type': type } })).json();
export const postJson = async (path, value) => (await ask('POST', path, { body: JSON.stringify(value), headers: JSON_TYPE })).json();
export const putJson = (path, value) => ask('PUT', path, { body: JSON.stringify(value), headers: JSON_TYPE });
export const remove = (path) => ask('DELETE', path);

/** What went wrong, in the reader's language. */
export function sentence(trouble) {
  if (!(trouble instanceof Trouble)) {
    console.error(trouble);
    return say('error.failed');
  }
  const words = sayOne('error.', trouble.code, say('error.failed'));
  const when = trouble.retryAfter ? ' ' + say('page.retry-after', { n: trouble.retryAfter }) : '';
  return words + when;
}
