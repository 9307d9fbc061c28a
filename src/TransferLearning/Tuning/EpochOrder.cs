using System.Security.Cryptography;
using System.Text;

namespace TransferLearning.Tuning;

/// <summary>
/// The order of the images of an epoch, and its division into steps of almost equal size: no image is left out. It depends on the seed and
/// the epoch alone, so that a training that continues from a checkpoint sees the same.
/// </summary>
internal sealed class EpochOrder
{
    private readonly int[] _images;

    private EpochOrder(int[] images, int steps) => (_images, Steps) = (images, steps);

    /// <summary>The number of steps.</summary>
    public int Steps { get; }

    /// <param name="images">The numbers of the images.</param>
    /// <param name="batchSize">The largest number of images of a step.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="epoch">From 0.</param>
    public static EpochOrder Of(int[] images, int batchSize, int seed, int epoch)
    {
        int[] shuffled = [.. images];
        RandomOf(seed, epoch, "order").Shuffle(shuffled);
        return new EpochOrder(shuffled, StepsOf(images.Length, batchSize));
    }

    /// <summary>The number of steps of an epoch.</summary>
    public static int StepsOf(int images, int batchSize) => (images + batchSize - 1) / batchSize;

    /// <summary>Random numbers for one purpose at one moment of a training, whatever was drawn before.</summary>
    public static Random RandomOf(int seed, long moment, string purpose)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}|{seed}|{moment}"));
        return new Random(BitConverter.ToInt32(hash));
    }

    /// <summary>The images of a step.</summary>
    public ReadOnlySpan<int> Of(int step) => _images.AsSpan(First(step)..First(step + 1));

    /// <summary>The number of images before a step.</summary>
    public int First(int step) => (int)((long)step * _images.Length / Steps);
}
