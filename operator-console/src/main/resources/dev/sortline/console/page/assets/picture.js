// SPDX-License-Identifier: Apache-2.0
// Makes of a file or a camera's shot what the console takes: JPEG and PNG go as they are, all else becomes JPEG where this browser can.
import { Trouble } from './api.js';

/** The longest side of a picture that has to be made anew: far more than any model looks at. */
const LONGEST = 2048;
const THUMB = 160;

const starts = (bytes, ...head) => head.every((byte, i) => bytes[i] === byte);

/** What a file is by its first bytes: its name and type are not to be believed. */
async function kindOf(file) {
  const bytes = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'png';
  const brand = String.fromCharCode(...bytes.slice(4, 12));
  if (/^ftyp(hei|hev|mif1|msf1)/.test(brand)) return 'heic';
  return 'other';
}

async function draw(source, longest, quality) {
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext('2d');
    // JPEG knows no transparency: what shows through is white, not black.
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no JPEG'))), 'image/jpeg', quality));
  } finally {
    bitmap.close();
  }
}

/** The same picture as a JPEG of at most `most` bytes. */
export async function asJpeg(file, most) {
  try {
    for (let longest = LONGEST; longest >= 256; longest /= 2) {
      const blob = await draw(file, longest, 0.92);
      if (blob.size <= most) return { blob, type: 'image/jpeg' };
    }
  } catch {
    throw new Trouble((await kindOf(file)) === 'heic' ? 'no-heic' : 'no-picture');
  }
  throw new Trouble('too-large');
}

/** What is sent of a file: `{blob, type}`. */
export async function sendable(file, most) {
  const kind = await kindOf(file);
  if ((kind === 'jpeg' || kind === 'png') && file.size <= most) return { blob: file, type: 'image/' + kind };
  return asJpeg(file, most);
}

/** A small copy for the history; none of what the browser cannot show. */
export const thumbnail = (blob) => draw(blob, THUMB, 0.8).catch(() => null);

/** One picture of what the camera sees now. */
export async function shot(video) {
  const canvas = document.createElement('canvas');
  const scale = Math.min(1, 1280 / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Trouble('no-picture'))), 'image/jpeg', 0.9));
}
