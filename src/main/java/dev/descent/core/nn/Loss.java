package dev.descent.core.nn;

/** How far a network's outputs are from the targets: the mean over a batch of a loss per example, and its gradient. */
public interface Loss {

    /**
     * The loss and its gradient together.
     *
     * @param outputs n × outputs
     * @param targets n rows, in the form that the loss asks for
     * @param gradient n × outputs; receives ∂loss/∂outputs
     * @return the mean loss of the n examples; infinite or NaN only where the outputs are
     */
    double evaluate(Matrix outputs, Matrix targets, Matrix gradient);
}
