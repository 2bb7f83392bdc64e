package dev.descent.dataset.sample;

import dev.descent.core.Name;
import dev.descent.core.Names;
import java.util.Set;

/** The samples by name. */
public enum Sample {
    @Name("iris")
    IRIS(new ShippedFile("iris.csv", 150, "Three species of iris by the size of their leaves (Fisher 1936)")),

    @Name("digits")
    DIGITS(new ShippedFile(
            "digits.csv", 1_797, "Handwritten digits of 8 × 8 pixels (Alpaydin and Kaynak 1998)", Set.of("label"))),

    @Name("breast_cancer")
    BREAST_CANCER(new ShippedFile(
            "breast_cancer.csv",
            569,
            "Breast tumours, malignant or benign, by their cells under the microscope (Wolberg and others 1995)")),

    @Name("diabetes")
    DIABETES(new ShippedFile(
            "diabetes.csv", 442, "How diabetes progressed within a year, by ten measures (Efron and others 2004)")),

    @Name("xor")
    XOR(new Xor()),

    @Name("circles")
    CIRCLES(new Circles()),

    @Name("spirals")
    SPIRALS(new Spirals()),

    @Name("moons")
    MOONS(new Moons()),

    @Name("gaussians")
    GAUSSIANS(new Gaussians()),

    @Name("friedman")
    FRIEDMAN(new Friedman()),

    @Name("planes")
    PLANES(new Planes());

    private final SampleContent content;

    Sample(SampleContent content) {
        this.content = content;
    }

    SampleContent content() {
        return content;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
