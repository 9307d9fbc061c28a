using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

/// <summary>
/// Images of stripes: horizontal, vertical or diagonal by class, shifted and noisy by image and epoch. The class of an image is its number
/// modulo the number of classes.
/// </summary>
internal sealed class DrawnTrainingImages : ITrainingImages
{
    public const int Side = 8;
    public const int Channels = 3;
    public const int Classes = 3;

    private const double Noise = 0.8;

    public int Length => Side * Side * Channels;

    public string Identity { get; init; } = "drawn";

    /// <summary>Called before images are loaded, with the number of loads before and the epoch.</summary>
    public Action<int, int?>? BeforeLoad { get; init; }

    /// <summary>What every value of an epoch is multiplied by.</summary>
    public Func<int, float> Scale { get; init; } = static _ => 1;

    /// <summary>The number of calls of <see cref="Load"/>.</summary>
    public int Loads { get; private set; }

    /// <summary>The numbers of the images that were loaded in each epoch, in order.</summary>
    public Dictionary<int, List<int>> Seen { get; } = [];

    public void Load(ReadOnlySpan<int> images, int? epoch, Memory<float> target, CancellationToken cancellationToken)
    {
        BeforeLoad?.Invoke(Loads, epoch);
        cancellationToken.ThrowIfCancellationRequested();
        Loads++;
        for (int i = 0; i < images.Length; i++)
        {
            Draw(images[i], epoch, target.Slice(i * Length, Length).Span);
            if (epoch is { } number)
            {
                Seen.TryAdd(number, []);
                Seen[number].Add(images[i]);
            }
        }
    }

    private void Draw(int image, int? epoch, Span<float> target)
    {
        var random = new Random((image * 1000) + ((epoch + 1) ?? 0));
        int shift = random.Next(4);
        float scale = epoch is { } number ? Scale(number) : 1;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int place = (image % Classes) switch
                {
                    0 => y,
                    1 => x,
                    _ => x + y,
                };
                double value = (place + shift) % 4 < 2 ? 1 : -1;
                for (int c = 0; c < Channels; c++)
                {
                    target[(((y * Side) + x) * Channels) + c] = scale * (float)(value + (Noise * ((2 * random.NextDouble()) - 1)));
                }
            }
        }
    }
}
