using System.Numerics;

namespace TransferLearning.Evaluation;

/// <summary>The total log loss of images with a factor on the logits (1 / temperature), and its derivatives by the factor.</summary>
internal readonly record struct TemperatureLoss(double LogLoss, double Slope, double Curvature)
{
    public static TemperatureLoss Of(IReadOnlyList<LabeledLogits> images, double factor)
    {
        var total = default(TemperatureLoss);
        foreach (LabeledLogits part in images)
        {
            TemperatureLoss loss = Of(part, factor);
            total = new TemperatureLoss(
                total.LogLoss + loss.LogLoss, total.Slope + loss.Slope, total.Curvature + loss.Curvature);
        }

        return total;
    }

    private static TemperatureLoss Of(LabeledLogits images, double factor)
    {
        var heads = new (double Logarithm, double Gain, double Variance)[images.Heads];
        double loss = 0, slope = 0, curvature = 0;
        for (int i = 0; i < images.Count; i++)
        {
            double largest = double.NegativeInfinity;
            for (int h = 0; h < heads.Length; h++)
            {
                heads[h] = OfRow(images.Row(h, i), images.Largest(h, i), images.Labels[i], factor);
                largest = Math.Max(largest, heads[h].Logarithm);
            }

            // Each head is weighted by the probability that it gives to the true class.
            double sum = 0, first = 0, second = 0;
            foreach ((double logarithm, double gain, double variance) in heads)
            {
                double share = Math.Exp(logarithm - largest);
                sum += share;
                first += share * gain;
                second += share * ((gain * gain) - variance);
            }

            first /= sum;
            loss -= largest + Math.Log(sum / heads.Length);
            slope -= first;
            curvature += (first * first) - (second / sum);
        }

        return new TemperatureLoss(loss, slope, curvature);
    }

    /// <summary>
    /// For one head: the logarithm of the true class's probability; its derivative by the factor, which is the true logit minus the
    /// expected one; and the variance of the logits, which is the negative second derivative.
    /// </summary>
    private static (double Logarithm, double Gain, double Variance) OfRow(
        ReadOnlySpan<float> row, float largest, int label, double factor)
    {
        // Relative to the largest logit, so that the variance is not a difference of large numbers.
        Vector<double> sums = default, firsts = default, seconds = default;
        var values = new Vector<double>(factor);
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[i..]), out Vector<double> lower, out Vector<double> upper);
            Add(lower);
            Add(upper);
        }

        double sum = Vector.Sum(sums), expected = Vector.Sum(firsts), square = Vector.Sum(seconds);
        for (; i < row.Length; i++)
        {
            double logit = (double)row[i] - largest, share = Math.Exp(factor * logit);
            sum += share;
            expected += share * logit;
            square += share * logit * logit;
        }

        expected /= sum;
        double own = (double)row[label] - largest;
        return ((factor * own) - Math.Log(sum), own - expected, (square / sum) - (expected * expected));

        void Add(Vector<double> logits)
        {
            logits -= new Vector<double>(largest);
            var shares = Vector.Exp(logits * values);
            sums += shares;
            firsts += shares * logits;
            seconds += shares * logits * logits;
        }
    }
}
