/** File formats of other tools: conversion between bytes and named arrays. */
@NullMarked
package dev.descent.format;

import org.jspecify.annotations.NullMarked;
