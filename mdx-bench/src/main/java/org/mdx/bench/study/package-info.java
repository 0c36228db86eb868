/**
 * Studies that answer a question with numbers for the documents rather than a speed: which error
 * model, which smoothness is worth how much on simulated truth. Programs with a main method; they
 * take minutes. May use every module.
 */
package org.mdx.bench.study;
