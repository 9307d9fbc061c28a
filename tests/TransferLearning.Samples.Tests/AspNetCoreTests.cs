using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TransferLearning.Tests;

namespace TransferLearning.Samples.Tests;

[Collection(SharedShapes.Name)]
public sealed class AspNetCoreTests(Shapes shapes) : IAsyncLifetime, IDisposable
{
    private const int TooManyBytes = (10 * 1024 * 1024) + 1;

    private readonly HttpClient _client = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
    private ProgramProcess _service = null!;

    public async Task InitializeAsync()
    {
        _service = shapes.Start(
            BuiltProgram.Sample("AspNetCore"),
            "--Model:File", shapes.Model, "--Model:MaxQueued", "8", "--urls", "http://127.0.0.1:0");
        string line = await _service.LineWithAsync("Now listening on: ");
        _client.BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_names_the_classes() =>
        (await _client.GetFromJsonAsync<string[]>("labels")).ShouldBe(shapes.Labels);

    [Fact]
    public async Task Images_posted_at_the_same_time_get_their_labels()
    {
        string[] answers = await Task.WhenAll(shapes.Labels.Select(async label =>
        {
            using HttpResponseMessage response = await PostAsync(await File.ReadAllBytesAsync(shapes.First(label)));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return (await JsonAsync(response)).GetProperty("label").GetString()!;
        }));

        answers.ShouldBe(shapes.Labels);
    }

    [SkippableFact]
    public async Task A_photo_gets_five_classes_best_first()
    {
        using HttpResponseMessage response = await PostAsync(await File.ReadAllBytesAsync(SharedData.Photos(1)[0]));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement answer = await JsonAsync(response);
        JsonElement[] top = [.. answer.GetProperty("top").EnumerateArray()];
        top.Length.ShouldBe(5);
        top[0].GetProperty("label").GetString().ShouldBe(answer.GetProperty("label").GetString());
        top.Select(t => t.GetProperty("probability").GetSingle()).ShouldBeInOrder(SortDirection.Descending);
        answer.GetProperty("isUnknown").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
    }

    [Fact]
    public async Task A_body_that_is_no_image_is_refused_with_the_reason()
    {
        using HttpResponseMessage response = await PostAsync("no image"u8.ToArray());

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await JsonAsync(response)).GetProperty("detail").GetString()!.ShouldContain("cannot be decoded");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        // The service answers before it has the body, and the client must not insist on sending it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "predict") { Content = new ByteArrayContent(new byte[TooManyBytes]) };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_image_in_a_form_gets_its_label()
    {
        string label = shapes.Labels[1];
        using var image = new ByteArrayContent(await File.ReadAllBytesAsync(shapes.First(label)));
        using var form = new MultipartFormDataContent { { image, "image", "photo.jpg" } };

        using HttpResponseMessage response = await _client.PostAsync("predict", form);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(response)).GetProperty("label").GetString().ShouldBe(label);
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused_with_what_to_send()
    {
        using var text = new StringContent("no file");
        using var form = new MultipartFormDataContent { { text, "image" } };

        using HttpResponseMessage response = await _client.PostAsync("predict", form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await JsonAsync(response)).GetProperty("detail").GetString()!.ShouldContain("send one, the image");
    }

    [Fact]
    public async Task It_is_live_and_ready()
    {
        (await _client.GetStringAsync("health/live")).ShouldBe("Healthy");
        (await _client.GetStringAsync("health/ready")).ShouldBe("Healthy");
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_asked_to_come_again_and_no_other_status_occurs()
    {
        byte[] image = await File.ReadAllBytesAsync(shapes.First(shapes.Labels[0]));

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => PostAsync(image)));

        responses.Select(r => r.StatusCode).Distinct()
            .ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
        HttpResponseMessage refused = responses.First(r => r.StatusCode == HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await JsonAsync(refused)).GetProperty("detail").GetString()!.ShouldContain("8 images wait for it");
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    private async Task<HttpResponseMessage> PostAsync(byte[] image)
    {
        using var content = new ByteArrayContent(image);
        return await _client.PostAsync("predict", content);
    }
}
