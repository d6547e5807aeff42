// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

/**
 * A frame as a peer gets it.
 *
 * @param line the record's key
 * @param id of the frame
 * @param image the bytes of its picture; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // bytes, handed on and compared by nobody
record PeerFrame(String line, String id, byte[] image) {}
