using Microsoft.ML.OnnxRuntime;
using TransferLearning.Inference;

namespace TransferLearning.OnnxRuntime.Sessions;

/// <summary>Runs a session for one thread, in memory that is pinned, bound once and used again for each group. Not thread-safe.</summary>
internal sealed class OnnxWorker : INetworkWorker
{
    private readonly OnnxSession _session;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly int _inputLength;
    private readonly BoundGroup?[] _groups;
    private readonly RunOptions _options = new();

    public OnnxWorker(OnnxSession session)
    {
        _session = session;
        _inputLength = 3 * session.Network.Height * session.Network.Width;
        _input = GC.AllocateArray<float>(session.ImagesPerRun * _inputLength, pinned: true);
        _output = GC.AllocateArray<float>(session.ImagesPerRun * session.OutputLength, pinned: true);
        _groups = new BoundGroup?[session.ImagesPerRun + 1];
    }

    public void Run(ReadOnlySpan<float> images, int count, Span<float> outputs)
    {
        try
        {
            for (int start = 0; start < count;)
            {
                int left = count - start;
                int size = left > 1 && _session.TakesGroups(this) ? Math.Min(_session.ImagesPerRun, left) : 1;
                RunGroup(images[(start * _inputLength)..], size, outputs[(start * _session.OutputLength)..]);
                start += size;
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new NetworkEngineException($"{_session.Engine} failed to run it: {e.Message.Trim()}", e);
        }
    }

    /// <summary>
    /// Whether the network computes images of a group as it computes single ones. Files with a batch of one image written into their
    /// constants do not, and some networks differ in the last bits.
    /// </summary>
    /// <param name="tolerance">The largest difference, as a share of the largest output.</param>
    public bool ComparesGroupWithSingles(float tolerance)
    {
        const int Images = 2;
        for (int i = 0; i < Images * _inputLength; i++)
        {
            // Differs from pixel to pixel, and between the images.
            _input[i] = (i * 97 % 255 / 127f) - 1;
        }

        try
        {
            RunBound(Images);
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }

        int length = _session.OutputLength;
        float[] group = [.. _output.AsSpan(0, Images * length)];
        float allowed = tolerance * group.Max(Math.Abs);
        for (int image = 0; image < Images; image++)
        {
            _input.AsSpan(image * _inputLength, _inputLength).CopyTo(_input);
            RunBound(1);
            for (int i = 0; i < length; i++)
            {
                // False for NaN too.
                if (!(Math.Abs(_output[i] - group[(image * length) + i]) <= allowed))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public void Dispose()
    {
        foreach (BoundGroup? group in _groups)
        {
            group?.Dispose();
        }

        _options.Dispose();
    }

    private void RunGroup(ReadOnlySpan<float> images, int count, Span<float> outputs)
    {
        for (int i = 0; i < count; i++)
        {
            ChannelPlanes.Split(images.Slice(i * _inputLength, _inputLength), _input.AsSpan(i * _inputLength, _inputLength));
        }

        RunBound(count);
        _output.AsSpan(0, count * _session.OutputLength).CopyTo(outputs);
    }

    /// <summary>Runs the network on the first images of the input.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be run.</exception>
    private void RunBound(int count)
    {
        _groups[count] ??= new BoundGroup(
            _session, _input.AsMemory(0, count * _inputLength), _output.AsMemory(0, count * _session.OutputLength), count);
        _session.Run(_options, _groups[count]!.Binding);
    }
}
