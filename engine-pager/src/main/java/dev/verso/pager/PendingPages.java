package dev.verso.pager;

/** Images of pages that are about to be committed, above those of a snapshot. */
public interface PendingPages {
    /** Nothing is pending. */
    PendingPages NONE = pageNumber -> null;

    /** The pending image, never to be edited; null if the snapshot's is the newest. */
    byte[] image(int pageNumber);
}
