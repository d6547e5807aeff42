// SPDX-License-Identifier: Apache-2.0
/**
 * What people shall look at, and what they said: {@link dev.sortline.console.book.ReviewBook} joins requests for reviews with labels,
 * {@link dev.sortline.console.book.PictureShelf} keeps as many pictures as may stay in memory. Values in, values out; the topics hold everything,
 * so that a book can be written anew at any time.
 */
@NullMarked
package dev.sortline.console.book;

import org.jspecify.annotations.NullMarked;
