package dev.verso.sql.extend;

/** An aggregate that can be used over any window frame. {@link #result} is asked again and again while rows come and go. */
public interface UserWindowFunction extends UserAggregate {
    /** Takes back the row that was taken in first of those not yet taken back. */
    void inverse(Arguments arguments);
}
