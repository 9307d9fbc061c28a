using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Small networks that several tests run.</summary>
internal static class SmallNetworks
{
    /// <summary>Channels that do not fill whole vectors, and pixels further apart than their channels need.</summary>
    public static Graph Wide()
    {
        var n = new SmallNetwork(3, 14, 10);
        string x = n.Relu(n.Conv("input", 3, 21, 3, padding: 1));
        string dividend = n.Conv(x, 21, 512, 1);
        x = n.Node("Div", [dividend, n.Node("HardSigmoid", [n.Conv(x, 21, 512, 3, padding: 1)], ("alpha", 0.1f), ("beta", 2f))]);
        x = n.Relu(n.Conv(x, 512, 512, 3, stride: 2, padding: 1, groups: 512));
        string strided = n.Conv(x, 512, 24, 1, stride: 2), filtered = n.Conv(x, 512, 40, 3, stride: 2, padding: 1);
        x = n.Node("Concat", [strided, filtered, n.Conv(filtered, 40, 8, 1)], ("axis", 1L));
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [n.Conv(x, 72, 40, 3, padding: 1, groups: 4)])]);
        return n.Build(n.Node("Gemm", [x, n.Weights(9, 40)], ("transB", 1L)));
    }

    /// <summary>
    /// Squeeze and excite twice, on a map with more values than the next convolution has weights and on one with fewer; expansions with
    /// more weights than input; a depthwise convolution of the output of a gated one.
    /// </summary>
    public static Graph Gated()
    {
        var n = new SmallNetwork(3, 30, 22);
        string x = n.Relu(n.Conv("input", 3, 30, 3, stride: 2, padding: 1));
        string filtered = SiLU(n.Conv(SiLU(n.Conv(x, 30, 200, 1)), 200, 200, 5, padding: 2, groups: 200));
        x = n.Node("Add", [n.Conv(n.Node("Mul", [Gate(filtered), filtered]), 200, 30, 1), x]);
        x = n.Relu(n.Conv(x, 30, 30, 3, padding: 1, groups: 30));
        x = n.Node("MaxPool", [x], ("kernel_shape", SmallNetwork.Longs(1, 1)));
        filtered = n.Node("HardSwish", [n.Conv(n.Relu(n.Conv(x, 30, 200, 1)), 200, 200, 3, stride: 2, padding: 1, groups: 200)]);
        x = n.Conv(n.Node("Mul", [filtered, Gate(filtered)]), 200, 60, 1);
        x = n.Node("Flatten", [n.Node("GlobalAveragePool", [x])]);
        return n.Build(n.Node("Gemm", [x, n.Weights(9, 60)], ("transB", 1L)));

        string SiLU(string value) => n.Node("Mul", [value, n.Node("Sigmoid", [value])]);

        string Gate(string value) => n.Node("Sigmoid", [n.Conv(n.Node("GlobalAveragePool", [value]), 200, 200, 1)]);
    }
}
