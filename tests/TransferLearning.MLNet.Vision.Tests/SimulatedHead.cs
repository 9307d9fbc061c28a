namespace TransferLearning.MLNet.Vision.Tests;

/// <summary>A softmax layer in the trainer's layout, weights [features, classes], trained by plain gradient descent.</summary>
internal sealed class SimulatedHead(int classes, int features)
{
    private readonly double[] _weights = new double[features * classes];
    private readonly double[] _bias = new double[classes];

    public void Step(float[][] rows, long[] labels, double rate)
    {
        var gradients = new List<double[]>();
        for (int i = 0; i < rows.Length; i++)
        {
            double[] gradient = Probabilities(rows[i]);
            gradient[labels[i]] -= 1;
            gradients.Add(gradient);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                double step = rate * gradients[i][c] / rows.Length;
                _bias[c] -= step;
                for (int f = 0; f < features; f++)
                {
                    _weights[(f * classes) + c] -= step * rows[i][f];
                }
            }
        }
    }

    public (double Accuracy, double Loss) Evaluate(float[][] rows, long[] labels)
    {
        double loss = 0;
        int right = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] p = Probabilities(rows[i]);
            loss -= Math.Log(p[labels[i]]);
            right += Array.IndexOf(p, p.Max()) == labels[i] ? 1 : 0;
        }

        return ((double)right / rows.Length, loss / rows.Length);
    }

    /// <summary>The part of the trainer's frozen graph that belongs to the head.</summary>
    public byte[] Freeze() => new GraphFile()
        .Add("bottleneck", "Placeholder")
        .AddConstant("final_retrain_ops/weights/final_weights", [.. _weights.Select(w => (float)w)], features, classes)
        .Add("final_retrain_ops/Wx_plus_b/MatMul/ReadVariableOp", "Identity", "final_retrain_ops/weights/final_weights")
        .Add("final_retrain_ops/Wx_plus_b/MatMul", "MatMul", "bottleneck", "final_retrain_ops/Wx_plus_b/MatMul/ReadVariableOp")
        .AddConstant("final_retrain_ops/biases/final_biases", [.. _bias.Select(b => (float)b)], classes)
        .Add("final_retrain_ops/Wx_plus_b/add", "AddV2", "final_retrain_ops/Wx_plus_b/MatMul", "final_retrain_ops/biases/final_biases")
        .Add("Score", "Softmax", "final_retrain_ops/Wx_plus_b/add")
        .ToBytes();

    private double[] Probabilities(float[] row)
    {
        double[] logits = (double[])_bias.Clone();
        for (int f = 0; f < features; f++)
        {
            for (int c = 0; c < classes; c++)
            {
                logits[c] += _weights[(f * classes) + c] * row[f];
            }
        }

        double[] exponentials = Array.ConvertAll(logits, l => Math.Exp(l - logits.Max()));
        double sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, e => e / sum);
    }
}
