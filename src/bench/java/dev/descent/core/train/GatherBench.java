package dev.descent.core.train;

import dev.descent.bench.MicroBenchmark;
import dev.descent.core.data.RandomStream;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.train.examples.Examples;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Gathering a batch, as the trainer does, from 188 MB of examples, which exceed any cache. */
public class GatherBench extends MicroBenchmark {

    private static final int ROWS = 60_000;
    private static final int INPUTS = 784;

    /** The minimum number of rows that the trainer gives a separate thread. */
    private static final int GRAIN = 5;

    @Param({"32", "256"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private final int[] order = IntStream.range(0, ROWS).toArray();
    private ThreadTeam team;
    private Examples examples;
    private Examples room;
    private int done;

    @Setup
    public void prepare() {
        team = new ThreadTeam(threads, Precision.FLOAT32);
        team.start();
        examples =
                new Examples(Matrix.zeros(Precision.FLOAT32, ROWS, INPUTS), Matrix.zeros(Precision.FLOAT32, ROWS, 1));
        // Pages that were never written to would all map to the same physical page.
        examples.inputs().fill(1);
        room = examples.roomFor(batch);
        RandomStream.shuffle(order, new SplittableRandom(1));
    }

    @Benchmark
    public Examples gather() {
        int start = done + batch > ROWS ? 0 : done;
        team.each(batch, GRAIN, (kernels, from, to) -> {
            for (int row = from; row < to; row++) {
                examples.copyTo(order[start + row], room, row);
            }
        });
        done = start + batch;
        return room;
    }

    @TearDown
    public void close() {
        team.close();
        examples.close();
        room.close();
    }
}
