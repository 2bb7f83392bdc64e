package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

class AcceptTest {

    private static final List<MediaType> PRODUCED = MediaType.parseMediaTypes("application/json, text/csv, text/html");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/* | text/csv",
                "text/html, text/* | text/csv",
                "text/*, text/csv;q=0 | text/html",
                "*/*;q=0.1, text/html;q=0.2 | text/html",
                "*/*;q=0.9, text/*;q=0.1, text/html | text/html",
                "application/json;q=0.001, image/png | application/json",
                "application/json;q=0.2, application/json;q=0.4, text/csv;q=0.3 | application/json",
            })
    void theMostSpecificRangeGivesTheWeightAndTheGreatestWins(String accept, String best) throws Exception {
        assertThat(Accept.best(PRODUCED, MediaType.parseMediaTypes(accept))).hasToString(best);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "*/*;q=0", "application/json;q=0, text/*;q=0, */*", "application/*+json"})
    void whatFitsNoneIsNotAcceptable(String accept) {
        assertThatExceptionOfType(HttpMediaTypeNotAcceptableException.class)
                .isThrownBy(() -> Accept.best(PRODUCED, MediaType.parseMediaTypes(accept)));
    }
}
