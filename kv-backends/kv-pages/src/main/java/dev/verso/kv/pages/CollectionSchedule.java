package dev.verso.kv.pages;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a namespace's garbage is collected by itself, and what came of it.
 *
 * @param interval from the beginning of one collection to the next
 * @param due when the next one may begin
 * @param runningUntil somebody collects now, and another may take over if nothing more is heard until then; null if nobody does
 * @param began when the last one began; null for never
 * @param ended when the last one was done, or failed; null for never
 * @param last what the last one that was done has dropped; null for none
 * @param error why the last one failed; null if it did not
 */
public record CollectionSchedule(
        Duration interval,
        Instant due,
        Instant runningUntil,
        Instant began,
        Instant ended,
        CollectionReport last,
        String error) {}
