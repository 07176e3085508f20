package dev.trunkline.acceptance.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test fills cells of the table of peers and behaviours: it fails if one of them does not work. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Cell.Several.class)
public @interface Cell {

    /** With whom. */
    Peer peer();

    /** What works. */
    Behaviour[] shows();

    /** More than one row is filled. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {

        /** One for each row. */
        Cell[] value();
    }
}
