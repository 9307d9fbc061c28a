using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

public sealed class AsyncPredictionTests : IDisposable
{
    private static readonly byte[] Photo = PngEncoder.Encode(DrawnPixels());

    private readonly TransferModel _model = Model();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task A_stream_that_refuses_synchronous_reads_is_predicted_as_its_bytes_are()
    {
        using var body = new RequestBody(Photo);

        Prediction prediction = await _model.PredictAsync(body);

        prediction.Probabilities.ToArray().ShouldBe(_model.Predict(Photo).Probabilities.ToArray());
    }

    [Fact]
    public void Reading_such_a_stream_synchronously_fails_with_the_method_to_call()
    {
        using var body = new RequestBody(Photo);

        Should.Throw<TransferLearningException>(() => _model.Predict(body)).Message.ShouldContain("call TransferModel.PredictAsync");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_beyond_the_limit_is_read_no_further_and_the_limit_is_named(bool asynchronously)
    {
        using TransferModel model = Model(new ImageLimits { MaxBytes = 100 });
        using var endless = new EndlessStream();

        UnusableImageException error = asynchronously
            ? await Should.ThrowAsync<UnusableImageException>(() => model.PredictAsync(endless))
            : Should.Throw<UnusableImageException>(() => model.Predict(endless));

        error.ExceedsMaxBytes.ShouldBeTrue();
        error.Message.ShouldContain("more than 100 bytes");
        error.Message.ShouldContain("ImageLimits.MaxBytes in ModelLoadOptions.Limits");
        endless.Position.ShouldBeLessThan(1 << 17);
    }

    [Fact]
    public async Task Content_that_is_no_image_is_told_from_content_that_is_too_large()
    {
        using var text = new MemoryStream("no image"u8.ToArray());

        UnusableImageException error = await Should.ThrowAsync<UnusableImageException>(() => _model.PredictAsync(text));

        error.ExceedsMaxBytes.ShouldBeFalse();
        error.Message.ShouldContain("'(stream)' cannot be decoded");
    }

    [Fact]
    public async Task A_larger_image_than_the_first_buffer_is_read_whole()
    {
        byte[] large = BmpEncoder.Encode(DrawnPixels());
        large.Length.ShouldBeGreaterThan(1 << 17);
        using var body = new RequestBody(large);

        (await _model.PredictAsync(body)).Probabilities.ToArray().ShouldBe(_model.Predict(large).Probabilities.ToArray());
    }

    [Fact]
    public async Task A_canceled_prediction_ends_wherever_the_image_comes_from()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("photo.png", Photo);
        using var stream = new MemoryStream(Photo);
        var canceled = new CancellationToken(canceled: true);

        Should.Throw<OperationCanceledException>(() => _model.Predict(file, canceled));
        Should.Throw<OperationCanceledException>(() => _model.Predict(stream, canceled));
        Should.Throw<OperationCanceledException>(() => _model.Predict(Photo, canceled));
        Should.Throw<OperationCanceledException>(() => _model.Predict(DrawnPixels(), canceled));
        await Should.ThrowAsync<OperationCanceledException>(() => _model.PredictAsync(stream, canceled));
    }

    [Fact]
    public async Task A_prediction_that_is_canceled_while_its_image_is_read_ends()
    {
        using var never = new StalledStream();
        using var cancellation = new CancellationTokenSource();
        Task<Prediction> prediction = _model.PredictAsync(never, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => prediction);
    }

    [Fact]
    public async Task Many_asynchronous_predictions_at_a_time_give_the_same_result()
    {
        float[] expected = _model.Predict(Photo).Probabilities.ToArray();

        Prediction[] predictions = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            using var body = new RequestBody(Photo);
            return await _model.PredictAsync(body);
        }));

        foreach (Prediction prediction in predictions)
        {
            prediction.Probabilities.ToArray().ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_model_that_was_warmed_up_predicts_as_before()
    {
        float[] expected = _model.Predict(Photo).Probabilities.ToArray();

        await _model.WarmUpAsync();

        _model.Predict(Photo).Probabilities.ToArray().ShouldBe(expected);
    }

    [Fact]
    public async Task A_model_that_was_disposed_of_says_so()
    {
        TransferModel model = Model();
        model.Dispose();
        using var stream = new MemoryStream(Photo);

        await Should.ThrowAsync<ObjectDisposedException>(() => model.PredictAsync(stream));
        await Should.ThrowAsync<ObjectDisposedException>(() => model.WarmUpAsync());
    }

    private static TransferModel Model(ImageLimits? limits = null)
    {
        int features = TinyBackbone.Value.FeatureSize;
        var head = new LinearHead(2, features, [.. Enumerable.Range(0, 2 * features).Select(i => (i % 7) - 3f)], new float[2]);
        using var saved = new MemoryStream();
        using (var model = new TransferModel(TinyBackbone.Value, head, ["dark", "light"]))
        {
            model.Save(saved);
        }

        saved.Position = 0;
        return TransferModel.Load(saved, new ModelLoadOptions { Limits = limits });
    }

    private static RgbImage DrawnPixels()
    {
        byte[] pixels = new byte[256 * 256 * 3];
        new Random(1).NextBytes(pixels);
        return new RgbImage(256, 256, pixels);
    }

    /// <summary>The body of a request as ASP.NET Core gives it: a little at a time, and only asynchronously.</summary>
    private sealed class RequestBody(byte[] content) : MemoryStream(content)
    {
        private const int Part = 1000;

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous reads are off.");

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Synchronous reads are off.");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            byte[] part = new byte[Math.Min(Part, buffer.Length)];
            int read = base.Read(part, 0, part.Length);
            part.AsMemory(0, read).CopyTo(buffer);
            return read;
        }
    }

    private sealed class StalledStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
